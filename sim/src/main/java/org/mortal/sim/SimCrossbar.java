package org.mortal.sim;

import java.util.List;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// One simulated array: its cells and its [ReadPath].
///
/// The last bit of a current may depend on the size of its batch, where the BLAS has kernels for each; on processors with
/// AVX-512 it does not.
public final class SimCrossbar implements Crossbar {
  private final Geometry geometry;
  private final Limits limits;
  private final SimChip chip;
  private final CellArray cells;
  private final ReadPath path;

  SimCrossbar(SimChip chip, ChipProfile profile, long seed, int array, Kernels kernels) {
    this.chip = chip;
    this.geometry = profile.geometry();
    this.limits = profile.limits();
    this.cells = new CellArray(profile, seed, array, kernels.normals());
    this.path = new ReadPath(profile, seed, array, kernels, cells, chip::kelvin);
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void read(Read read, Batch amps) {
    chip.readArrays(List.of(this), List.of(read), List.of(amps));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.checkOpen();
    limits.check(geometry, train);
    chip.charge(pulseUnchecked(train));
  }

  /// Refuses what must not be read, all but row voltages.
  void checkRead(Read read, Batch amps) {
    read.checkShapes(geometry, amps);
    read.checkBias(limits.maxBiasAmps());
  }

  ReadPath path() {
    return path;
  }

  /// What it cost to sense a batch.
  Telemetry cost(RowDrive drive, Batch amps) {
    return new Telemetry(
        amps.rows(),
        0,
        0,
        path.joules(drive, amps.columns()),
        path.seconds(amps.rows(), amps.columns()));
  }

  /// Applies a checked train, and says what it cost.
  Telemetry pulseUnchecked(PulseTrain train) {
    CellArray.Written written = cells.apply(train);
    return new Telemetry(0, written.pulses(), written.cells(), written.joules(), written.seconds());
  }

  long bytes() {
    return cells.bytes() + path.bytes();
  }

  /// What the cells and amplifiers of this array really are.
  ArrayTruth truth() {
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    boolean[][] stuck = new boolean[geometry.rows()][geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        siemens[r][c] = cells.siemens(r, c);
        stuck[r][c] = cells.isStuck(r, c);
      }
    }
    return new ArrayTruth(siemens, stuck, path.gains().clone(), path.offsets().clone());
  }
}
