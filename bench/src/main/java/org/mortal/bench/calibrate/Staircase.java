package org.mortal.bench.calibrate;

import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.StatUtils;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.chip.calibrated.Thresholds;

/// Pulses of rising amplitude to a sample of cells: SET from the low end of the window and RESET from the high one.
///
/// A threshold is the amplitude by which a cell has moved a tenth of the window, between two amplitudes by interpolation. It is
/// this staircase that defines it. Cells are left somewhere in the window.
///
/// @param crossbar whose cells are pulsed
/// @param sample their row-major indices
/// @param siemens what the cells of the sample are now, in that order
public record Staircase(Crossbar crossbar, int[] sample, Supplier<double[]> siemens) {
  private static final double MOVED = 0.1;
  private static final int STEPS = 16;

  /// Of the nominal amplitude.
  private static final double LOWEST = 0.4;

  private static final double HIGHEST = 1.2;

  /// Null where hardly a cell has a threshold.
  public Thresholds thresholds() {
    WriteMode write = limits().write();
    int window = pulses(1);
    give(-2 * window, write.setVolts(), write.resetVolts());
    double[] set = climb(1, write.setVolts());
    give(2 * window, write.setVolts(), write.resetVolts());
    double[] reset = climb(-1, write.resetVolts());
    if (set.length < 2 || reset.length < 2) {
      return null;
    }
    return new Thresholds(
        Quantiles.of(set, 0.5),
        Math.sqrt(StatUtils.variance(set)),
        Quantiles.of(reset, 0.5),
        Math.sqrt(StatUtils.variance(reset)),
        Math.min(set.length, reset.length));
  }

  private Limits limits() {
    return crossbar.limits();
  }

  private int pulses(double share) {
    double wanted = share * limits().windowSiemens() / limits().write().stepSiemens();
    return (int) Math.max(1, Math.rint(wanted));
  }

  /// @param count in as many trains as the limits ask for
  private void give(int count, double setVolts, double resetVolts) {
    int most = limits().maxPulses();
    for (int left = count; left != 0; ) {
      int some = Math.clamp(left, -most, most);
      short[] counts = new short[crossbar.geometry().cells()];
      for (int cell : sample) {
        counts[cell] = (short) some;
      }
      crossbar.pulse(new PulseTrain(counts, setVolts, resetVolts, limits().write().seconds()));
      left -= some;
    }
  }

  /// The thresholds of those cells that have one on the way.
  private double[] climb(int sign, double nominalVolts) {
    double highest = Math.min(HIGHEST * nominalVolts, limits().maxPulseVolts());
    double lowest = Math.min(LOWEST * nominalVolts, highest / 2);
    double wanted = MOVED * limits().windowSiemens();
    double[] first = siemens.get();
    double[] moved = new double[first.length];
    double[] found = new double[first.length];
    double volts = lowest;
    for (int step = 0; step < STEPS; step++) {
      double below = volts;
      volts = lowest + (highest - lowest) * step / (STEPS - 1.0);
      give(sign * pulses(MOVED), volts, volts);
      double[] now = siemens.get();
      for (int k = 0; k < now.length; k++) {
        double move = sign * (now[k] - first[k]);
        if (found[k] == 0 && move >= wanted) {
          found[k] = below + (volts - below) * (wanted - moved[k]) / (move - moved[k]);
        }
        moved[k] = move;
      }
    }
    return Arrays.stream(found).filter(one -> one > 0).toArray();
  }
}
