package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Geometry;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Saturation;
import org.mortal.kernel.Philox;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.SimChip;

/// A calibration of amplifiers as good as measured ones are: the hidden truth with errors.
final class StandIn {
  private static final double GAIN_ERROR = 0.002;
  private static final double OFFSET_ERROR = 10e-9;

  private StandIn() {}

  static Calibration of(SimChip chip) {
    Geometry geometry = chip.profile().geometry();
    List<ArrayCalibration> arrays = new ArrayList<>();
    for (int a = 0; a < chip.arrays().size(); a++) {
      arrays.add(array(chip, a));
    }
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
        "2099-01-01T00:00:00Z",
        true,
        arrays);
  }

  private static ArrayCalibration array(SimChip chip, int array) {
    ArrayTruth truth = chip.truth(array);
    Philox random = new Philox(Philox.key(99, array));
    double scale = chip.profile().sense().fullScaleAmps();
    OutputCurve[] outputs = new OutputCurve[truth.gains().length];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] =
          new OutputCurve(
              truth.gains()[j] * (1 + GAIN_ERROR * random.nextGaussian()),
              GAIN_ERROR,
              truth.offsets()[j] + OFFSET_ERROR * random.nextGaussian(),
              OFFSET_ERROR,
              Saturation.TANH,
              scale,
              0.97 * scale);
    }
    InputBend[] rows = new InputBend[chip.profile().geometry().rows()];
    Arrays.fill(rows, InputBend.NONE);
    boolean[] success = new boolean[outputs.length];
    Arrays.fill(success, true);
    return new ArrayCalibration(
        array,
        outputs,
        rows,
        0,
        Compensation.NONE,
        success,
        new double[outputs.length],
        null,
        null,
        null,
        null);
  }
}
