package org.mortal.bench.calibrate.study;

import java.util.random.RandomGenerator;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;

/// Writes something into an array, as in use: a chip that is new conducts next to nothing and shows little.
public final class WrittenCells {
  /// Long pulses from one end of the window to the other: a chip whose pulses are circuits to be solved wants few.
  private static final int PULSES = 4;

  private WrittenCells() {}

  /// Raises each cell by a random part of the window.
  public static void write(Crossbar crossbar, RandomGenerator random) {
    Limits limits = crossbar.limits();
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(PULSES);
    }
    double nominal = limits.windowSiemens() / limits.write().stepSiemens() / PULSES;
    double seconds = Math.min(limits.maxPulseSeconds(), nominal * limits.write().seconds());
    crossbar.pulse(
        new PulseTrain(counts, limits.write().setVolts(), limits.write().resetVolts(), seconds));
  }
}
