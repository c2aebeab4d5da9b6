package org.mortal.chip.board;

import java.nio.ByteBuffer;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramResult;
import org.mortal.kernel.Batch;

/// What the firmware says of each cell that it programs, put together part by part.
final class CellOutcomes {
  /// Of one cell: conductance, pulses, RESET pulses among them, success.
  static final int BYTES = 13;

  private final Geometry geometry;
  private final Batch siemens;
  private final boolean[] success;
  private final int[] pulses;
  private final int[] resets;
  private long given;

  CellOutcomes(Geometry geometry) {
    this.geometry = geometry;
    this.siemens = Batch.zeros(geometry.rows(), geometry.columns());
    this.success = new boolean[geometry.cells()];
    this.pulses = new int[geometry.cells()];
    this.resets = new int[geometry.cells()];
  }

  /// Takes the outcomes of `count` cells from row-major index `first` on.
  ///
  /// @param outcomes little-endian, as in the reply to PROGRAM
  void take(int first, int count, ByteBuffer outcomes) {
    for (int cell = first; cell < first + count; cell++) {
      siemens.set(cell / geometry.columns(), cell % geometry.columns(), outcomes.getFloat());
      pulses[cell] = outcomes.getInt();
      resets[cell] = outcomes.getInt();
      given += Integer.toUnsignedLong(pulses[cell]);
      success[cell] = outcomes.get() != 0;
    }
  }

  /// Pulses given to all cells so far.
  long pulses() {
    return given;
  }

  ProgramResult result() {
    return new ProgramResult(siemens, success, pulses, resets);
  }
}
