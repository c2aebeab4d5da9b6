package org.mortal.bench.calibrate.check;

import java.util.Arrays;
import java.util.List;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Thresholds;

/// Calibrations of one array with one component changed.
final class Spoiled {
  private Spoiled() {}

  static Calibration with(Calibration one, ArrayCalibration array) {
    return new Calibration(
        one.chipId(),
        one.firmware(),
        one.firmwareHash(),
        one.rows(),
        one.columns(),
        one.target(),
        one.options(),
        one.kelvin(),
        one.made(),
        one.expires(),
        one.gainReference(),
        List.of(array));
  }

  static ArrayCalibration drift(ArrayCalibration one, DriftReference drift) {
    return new ArrayCalibration(
        one.array(),
        one.outputs(),
        one.rows(),
        one.settlingLeft(),
        one.correction(),
        one.success(),
        one.heldOutAmps(),
        one.cells(),
        one.wires(),
        one.thresholds(),
        drift);
  }

  static ArrayCalibration rows(ArrayCalibration one, InputBend bend) {
    InputBend[] rows = new InputBend[one.rows().length];
    Arrays.fill(rows, bend);
    return new ArrayCalibration(
        one.array(),
        one.outputs(),
        rows,
        one.settlingLeft(),
        one.correction(),
        one.success(),
        one.heldOutAmps(),
        one.cells(),
        one.wires(),
        one.thresholds(),
        one.drift());
  }

  static ArrayCalibration thresholds(ArrayCalibration one, double setFactor, double resetFactor) {
    Thresholds was = one.thresholds();
    Thresholds spoiled =
        new Thresholds(
            setFactor * was.setVolts(),
            was.setSpread(),
            resetFactor * was.resetVolts(),
            was.resetSpread(),
            was.cells());
    return thresholds(one, spoiled);
  }

  static ArrayCalibration thresholds(ArrayCalibration one, Thresholds thresholds) {
    return new ArrayCalibration(
        one.array(),
        one.outputs(),
        one.rows(),
        one.settlingLeft(),
        one.correction(),
        one.success(),
        one.heldOutAmps(),
        one.cells(),
        one.wires(),
        thresholds,
        one.drift());
  }

  static ArrayCalibration settling(ArrayCalibration one, double left) {
    return new ArrayCalibration(
        one.array(),
        one.outputs(),
        one.rows(),
        left,
        one.correction(),
        one.success(),
        one.heldOutAmps(),
        one.cells(),
        one.wires(),
        one.thresholds(),
        one.drift());
  }

  static ArrayCalibration correction(ArrayCalibration one, Compensation correction) {
    return new ArrayCalibration(
        one.array(),
        one.outputs(),
        one.rows(),
        one.settlingLeft(),
        correction,
        one.success(),
        one.heldOutAmps(),
        one.cells(),
        one.wires(),
        one.thresholds(),
        one.drift());
  }

  static OutputCurve curve(OutputCurve one, double gain, double offsetAmps, double fullScaleAmps) {
    return new OutputCurve(
        gain,
        one.gainError(),
        offsetAmps,
        one.offsetError(),
        one.saturation(),
        fullScaleAmps,
        Math.min(one.largestAmps(), 0.99 * fullScaleAmps));
  }
}
