package org.mortal.bench.twin;

import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.kernel.Batch;

/// The steps of the output converters, from the values that they show.
final class ConverterSteps {
  private static final int VECTORS = 512;
  private static final int MOST_BITS = 14;

  /// Part of a step that two values may differ by and be the same.
  private static final double SAME = 1e-3;

  private ConverterSteps() {}

  /// Bits over plus and minus `fullScaleAmps`; 0 where no steps are seen.
  ///
  /// @param crossbar as it is, not calibrated
  static int bits(Crossbar crossbar, double fullScaleAmps, RandomGenerator random) {
    Limits limits = crossbar.limits();
    Batch inputs = Batch.zeros(VECTORS, crossbar.geometry().rows());
    for (int n = 0; n < VECTORS; n++) {
      float share = random.nextFloat() * random.nextFloat();
      for (int r = 0; r < inputs.columns(); r++) {
        inputs.set(n, r, (float) (share * random.nextFloat() * limits.maxReadVolts()));
      }
    }
    float[][] shown = crossbar.read(inputs).toArrays();
    TreeSet<Float> values = new TreeSet<>();
    for (float[] row : shown) {
      for (float one : row) {
        values.add(one);
      }
    }
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      double step = 2 * fullScaleAmps / (1 << bits);
      if (values.stream().allMatch(value -> onGrid(value / step))) {
        return bits;
      }
    }
    return 0;
  }

  private static boolean onGrid(double steps) {
    return Math.abs(steps - Math.rint(steps)) < SAME * Math.max(1, Math.abs(steps) * 1e-2);
  }
}
