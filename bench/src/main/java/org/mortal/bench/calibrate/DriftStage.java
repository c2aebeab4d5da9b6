package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.ReferenceMagnitude;

/// Reads reference vectors, then again after waits that double, and says when to read them next.
///
/// The exponent is the slope of the logarithm of their magnitude over that of the time since the first read. Cells that were
/// written shortly before show the exponent of their drift; cells that have been at rest for long show less, as they
/// should.
final class DriftStage {
  private static final int VECTORS = 16;
  private static final int REPEATS = 32;
  private static final int WAITS = 10;

  /// Virtual time costs nothing.
  private static final double VIRTUAL_SECONDS = 60;

  private static final double REAL_SECONDS = 1;

  /// A wait is cut so that Ctrl-C is heard.
  private static final double SLICE_SECONDS = 0.5;

  private static final double LEAST_AMPS = 1e-15;

  private static final double FIRST_DUE_SECONDS = 60;
  private static final double DUE_RATIO = 4;
  private static final int DUES = 9;

  private final Chip chip;
  private final Crossbar corrected;
  private final Runnable alive;

  /// @param corrected an array whose currents are corrected
  /// @param alive called now and then while nothing happens
  DriftStage(Chip chip, Crossbar corrected, Runnable alive) {
    this.chip = chip;
    this.corrected = corrected;
    this.alive = alive;
  }

  /// @param share of the highest voltage up to which vectors go
  /// @param wanted seconds to watch for; 0 for the usual time
  DriftReference run(double share, double wanted, RandomGenerator random) {
    float[][] inputs = InputRange.vectors(corrected.geometry(), share, VECTORS, random);
    ReferenceMagnitude first = ReferenceMagnitude.of(corrected, inputs, REPEATS);
    boolean virtual = chip.virtualTime();
    double usual = virtual ? VIRTUAL_SECONDS : REAL_SECONDS;
    double seconds = wanted > 0 ? wanted : usual;
    SimpleRegression line = new SimpleRegression();
    List<Double> errors = new ArrayList<>();
    double passed = 0;
    for (int k = WAITS - 1; k >= 0; k--) {
      double until = seconds / (1L << k);
      pause(until - passed, virtual);
      passed = until;
      ReferenceMagnitude now = ReferenceMagnitude.of(corrected, inputs, REPEATS);
      // Where no current flows at all there is none to drift.
      double amps = Math.max(now.meanAmps(), LEAST_AMPS);
      line.addData(Math.log(until), Math.log(amps));
      errors.add(now.errorAmps() / amps);
    }
    double error = errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return new DriftReference(
        inputs,
        first.amps(),
        REPEATS,
        first.meanAmps(),
        first.errorAmps(),
        -line.getSlope(),
        error / Math.sqrt(line.getXSumSquares()),
        dues());
  }

  private void pause(double seconds, boolean virtual) {
    for (double left = seconds; left > 0; ) {
      double some = virtual ? left : Math.min(left, SLICE_SECONDS);
      alive.run();
      chip.pause(some);
      left -= some;
    }
  }

  /// A power law does as much from one of these times to the next.
  private static double[] dues() {
    double[] dues = new double[DUES];
    for (int k = 0; k < DUES; k++) {
      dues[k] = FIRST_DUE_SECONDS * Math.pow(DUE_RATIO, k);
    }
    return dues;
  }
}
