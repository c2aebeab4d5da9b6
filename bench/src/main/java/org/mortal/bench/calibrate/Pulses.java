package org.mortal.bench.calibrate;

import java.util.function.IntUnaryOperator;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;

/// Trains of pulses by what each cell is to get.
final class Pulses {
  private Pulses() {}

  /// Gives nominal pulses.
  ///
  /// @param count by the row-major index of a cell, SET if positive
  static void give(ArrayReader reader, IntUnaryOperator count) {
    WriteMode mode = reader.limits().write();
    give(reader, count, mode.setVolts(), mode.resetVolts());
  }

  /// Gives pulses of nominal width; none where no cell is to get any.
  static void give(ArrayReader reader, IntUnaryOperator count, double setVolts, double resetVolts) {
    Limits limits = reader.limits();
    int most = limits.maxPulses();
    short[] counts = new short[reader.geometry().cells()];
    boolean any = false;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) Math.clamp(count.applyAsInt(i), -most, most);
      any |= counts[i] != 0;
    }
    if (any) {
      double seconds = limits.write().seconds();
      reader.crossbar().pulse(new PulseTrain(counts, setVolts, resetVolts, seconds));
    }
  }
}
