package org.mortal.bench.twin;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.sim.device.Conduction;

/// How rows bend, split into what all have in common, which is how cells bend, and what each row's driver does.
///
/// @param conduction of all cells
/// @param bows of the drivers, null where none bends
/// @param skews null together with those
record RowBends(Conduction conduction, float[] bows, float[] skews) {
  /// What the highest voltage is too strong, from which cells are believed to bend.
  private static final double BENT = 0.003;

  /// A driver that departs by less does not count.
  private static final double STRAIGHT = 0.002;

  private static final int ROUNDS = 60;

  static RowBends of(InputBend[] rows, double readVolts) {
    double rise = mean(rows, InputBend::rise);
    boolean bent = rise > BENT;
    double bow = bent ? mean(rows, InputBend::bow) : 0;
    double skew = bent ? mean(rows, InputBend::skew) : 0;
    float[] bows = new float[rows.length];
    float[] skews = new float[rows.length];
    boolean straight = true;
    for (int r = 0; r < rows.length; r++) {
      bows[r] = (float) (rows[r].bow() - bow);
      skews[r] = (float) (rows[r].skew() - skew);
      straight &= Math.abs(bows[r]) < STRAIGHT && Math.abs(skews[r]) < STRAIGHT;
    }
    Conduction conduction =
        bent ? new Conduction.Sinh(readVolts / argument(1 + rise)) : new Conduction.Ohmic();
    return new RowBends(conduction, straight ? null : bows, straight ? null : skews);
  }

  private static double mean(InputBend[] rows, ToDoubleFunction<InputBend> figure) {
    return Arrays.stream(rows).mapToDouble(figure).average().orElse(0);
  }

  /// The x at which `sinh(x) / x` is `ratio`, by halving.
  private static double argument(double ratio) {
    double low = 0;
    double high = 10;
    for (int k = 0; k < ROUNDS; k++) {
      double x = (low + high) / 2;
      if (Math.sinh(x) / x < ratio) {
        low = x;
      } else {
        high = x;
      }
    }
    return (low + high) / 2;
  }
}
