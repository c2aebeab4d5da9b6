package org.mortal.bench.calibrate.check;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.ReferenceMagnitude;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Whether a calibration still says of its chip what is true: every quantity is measured again and held to what was found,
/// by the errors of both. A quantity that is sound fails in one check of a thousand ([Deviations]).
///
/// Conductances count as they are now: what has drifted fails, and then it is time to calibrate again.
public final class CalibrationCheck {
  private final CalibratedChip calibrated;
  private final CheckSettings settings;

  /// @param chip as it answers for itself; it is not closed
  public CalibrationCheck(
      Chip chip, Calibration calibration, CheckSettings settings, Kernels kernels) {
    this.calibrated = CalibratedChip.withoutDrift(chip, calibration, kernels);
    this.settings = settings;
  }

  /// What was found.
  ///
  /// @param checks by array and quantity
  /// @param unchecked what could not be looked at, with the reason
  public record Result(List<Check> checks, List<String> unchecked) {
    /// Whether all that was looked at is as the calibration says.
    public boolean passed() {
      return checks.stream().allMatch(Check::passed);
    }
  }

  /// Checks all arrays that the calibration covers.
  public Result run() {
    Result result = new Result(new ArrayList<>(), new ArrayList<>());
    for (ArrayCalibration one : calibrated.calibration().arrays()) {
      array(one, result);
    }
    return result;
  }

  /// Checks one array.
  ///
  /// @param result is added to
  public void array(ArrayCalibration one, Result result) {
    List<Check> checks = result.checks();
    Philox random = new Philox(Philox.key(settings.seed(), one.array()));
    Probe probe = new Probe(calibrated.arrays().get(one.array()), one, random);
    BiasCheck bias = new BiasCheck(probe, settings.repeats());
    bias.run(checks);
    if (!bias.hasBias()) {
      result.unchecked().add("saturation, since the chip injects no bias");
    }
    new RowCheck(probe, settings.vectors()).run(checks, bias, settings.repeats());
    checks.add(new CellCheck(probe, settings.vectors()).run());
    checks.add(new SettlingCheck(probe, settings.vectors()).run());
    new VectorCheck(probe, settings.vectors()).run(checks, !bias.hasBias());
    checks.add(new TelegraphCheck(probe).run());
    if (one.drift() != null) {
      checks.add(drift(probe, one.drift()));
      result.unchecked().add("how drift goes on, which takes the time that it was seen over");
    }
    if (one.wires() != null) {
      result.unchecked().add("resistances of wires by themselves: what they come to is checked");
    }
    if (settings.pulses()) {
      pulses(probe, result);
    } else {
      result.unchecked().add("stuck cells, steps and thresholds, since cells may not be pulsed");
    }
  }

  /// At the end, since cells are not quite where they were before.
  private void pulses(Probe probe, Result result) {
    ArrayCalibration one = probe.calibration();
    Restoration restoration = new Restoration(probe, settings.repeats());
    if (one.thresholds() != null) {
      result.checks().add(new ThresholdCheck(probe).run());
    }
    if (one.cells().stuck() != null) {
      new PulseCheck(probe, settings.repeats()).run(result.checks());
    }
    result.checks().add(restoration.run());
  }

  private static Check drift(Probe probe, DriftReference then) {
    ReferenceMagnitude now = ReferenceMagnitude.of(probe.crossbar(), then.inputs(), then.repeats());
    double error = Math.hypot(then.errorAmps(), now.errorAmps());
    Deviations drift = new Deviations("drift reference", probe.array());
    drift.add(
        (now.meanAmps() - then.meanAmps()) / error,
        "%.4f of what it was".formatted(now.meanAmps() / then.meanAmps()));
    return drift.check();
  }
}
