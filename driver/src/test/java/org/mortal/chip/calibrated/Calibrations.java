package org.mortal.chip.calibrated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;

/// Calibrations for tests, drawn from a seed.
final class Calibrations {
  private Calibrations() {}

  static Calibration of(Chip chip, List<ArrayCalibration> arrays) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    return new Calibration(
        chip.id(),
        chip.firmware(),
        "0",
        geometry.rows(),
        geometry.columns(),
        "mvm",
        Map.of(),
        null,
        "2026-01-01T00:00:00Z",
        "2026-02-01T00:00:00Z",
        true,
        arrays);
  }

  /// All quirks at once.
  static Calibration quirky(Chip chip, long seed, DriftReference drift) {
    SplittableRandom random = new SplittableRandom(seed);
    Geometry geometry = chip.arrays().getFirst().geometry();
    List<ArrayCalibration> arrays = new ArrayList<>();
    for (int a = 0; a < chip.arrays().size(); a++) {
      OutputCurve[] outputs = new OutputCurve[geometry.outputs()];
      for (int j = 0; j < outputs.length; j++) {
        Saturation saturation = j % 3 == 0 ? Saturation.NONE : Saturation.TANH;
        double gain = random.nextDouble(0.85, 1.15);
        double offset = random.nextDouble(-4e-6, 4e-6);
        outputs[j] = new OutputCurve(gain, 0.001, offset, 1e-8, saturation, 1e-3, 0.998e-3);
      }
      InputBend[] rows = new InputBend[geometry.rows()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new InputBend(random.nextDouble(-0.1, 0.1), random.nextDouble(-0.05, 0.05));
      }
      Compensation correction =
          new Compensation(
              factors(random, geometry.rows(), 0.9),
              factors(random, geometry.outputs(), 1.1),
              matrix(random, geometry.rows(), 2, 0.1),
              matrix(random, 2, geometry.columns(), 1e-6));
      arrays.add(array(a, outputs, rows, 0.03, correction, drift));
    }
    return of(chip, arrays);
  }

  /// Nothing to correct.
  static ArrayCalibration none(int array, Geometry geometry) {
    OutputCurve[] outputs = new OutputCurve[geometry.outputs()];
    Arrays.fill(outputs, new OutputCurve(1, 0.001, 0, 1e-8, Saturation.NONE, 1e-3, 1e-3));
    InputBend[] rows = new InputBend[geometry.rows()];
    Arrays.fill(rows, InputBend.NONE);
    return array(array, outputs, rows, 0, Compensation.NONE, null);
  }

  static ArrayCalibration array(
      int array,
      OutputCurve[] outputs,
      InputBend[] rows,
      double settlingLeft,
      Compensation correction,
      DriftReference drift) {
    boolean[] success = new boolean[outputs.length];
    Arrays.fill(success, true);
    double[] heldOut = new double[outputs.length];
    return new ArrayCalibration(
        array, outputs, rows, settlingLeft, correction, success, heldOut, null, null, null, drift);
  }

  static float[][] matrix(SplittableRandom random, int rows, int columns, double scale) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) (scale * random.nextDouble());
      }
    }
    return values;
  }

  private static float[] factors(SplittableRandom random, int count, double least) {
    float[] factors = matrix(random, 1, count, 0.1)[0];
    for (int i = 0; i < count; i++) {
      factors[i] += (float) least;
    }
    return factors;
  }
}
