package org.mortal.bench.twin;

import org.mortal.chip.Limits;
import org.mortal.chip.WriteMode;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.WireFit;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.Twin;
import org.mortal.sim.Wiring;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.Saturation;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Settling;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Aging;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Defects;
import org.mortal.sim.device.Relaxation;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;

/// Puts what was measured in the place of what a profile says; the rest stays as that profile has it.
final class TwinProfile {
  private TwinProfile() {}

  /// The profile of the twin of a chip.
  ///
  /// @param base what is not measured: steps of the input converters, energy, pulses of other shapes
  /// @param first the chip's first array, whose laws all have
  static ChipProfile of(
      String name, ChipProfile base, MeasuredArray first, NoiseSplit noise, Twin twin) {
    Limits limits = first.meter().limits();
    Conduction conduction = first.bends().conduction();
    double volts = limits.maxReadVolts();
    // Limits count by the current at the highest voltage, cells by that at low voltage.
    double bent = conduction.amps(volts, 1) / volts;
    WriteMode write =
        new WriteMode(
            limits.write().setVolts(),
            limits.write().resetVolts(),
            limits.write().seconds(),
            limits.write().stepSiemens() / bent,
            base.write().abruptSet());
    return new ChipProfile(
        name,
        "twin of %s, made %s".formatted(twin.of(), twin.made()),
        "measured; what was not is as in %s".formatted(base.name()),
        first.meter().geometry(),
        cells(base, limits, bent, first, noise),
        wiring(base.wiring(), first.calibration().wires()),
        new Dac(base.dac().bits(), limits.maxReadVolts(), 0, null),
        sense(base, limits, first, noise),
        write,
        base.cost(),
        base.ambient(),
        twin);
  }

  private static CellModel cells(
      ChipProfile base, Limits limits, double bent, MeasuredArray first, NoiseSplit noise) {
    StepFit steps = first.steps();
    Window before = base.cells().window();
    double lowLevel = steps == null ? before.lowLevel() : steps.lowLevel();
    double highLevel = steps == null ? before.highLevel() : 1;
    UpdateLaw law = steps == null ? base.cells().update() : steps.law();
    return new CellModel(
        new Window(limits.minSiemens() / bent, limits.maxSiemens() / bent, lowLevel, highLevel),
        law,
        base.cells().switching(),
        Variation.NONE,
        Defects.NONE,
        noise.cells(),
        first.bends().conduction(),
        aging(first.relaxation()),
        base.cells().gate());
  }

  private static Aging aging(Relaxation relaxation) {
    return relaxation == null
        ? Aging.NONE
        : new Aging(null, relaxation, null, null, null, null, null, null, null, null);
  }

  private static Wiring wiring(Wiring base, WireFit fit) {
    Wires before = base.wires();
    return fit == null
        ? base
        : new Wiring(
            new Wires(
                fit.rowSegment(),
                fit.columnSegment(),
                fit.rowDriver(),
                fit.columnTerminal(),
                before.perKelvin()),
            base.write(),
            base.idle());
  }

  private static SenseAmplifier sense(
      ChipProfile base, Limits limits, MeasuredArray first, NoiseSplit noise) {
    OutputCurve curve = first.calibration().outputs()[0];
    int bits = first.converterBits();
    double step = bits == 0 ? 0 : 2 * curve.fullScaleAmps() / (1 << bits) / curve.gain();
    // The steps of the converter scatter by themselves what is counted as noise.
    double variance = noise.amplifierAmps() * noise.amplifierAmps() - step * step / 12;
    Saturation saturation =
        switch (curve.saturation()) {
          case TANH -> null;
          case NONE -> Saturation.CLIP;
        };
    double left = first.calibration().settlingLeft();
    double seconds = base.cost().readSeconds();
    return new SenseAmplifier(
        bits,
        curve.fullScaleAmps(),
        0,
        0,
        Math.sqrt(Math.max(0, variance)),
        base.sense().biasBits(),
        limits.maxBiasAmps(),
        saturation,
        0,
        null,
        null,
        left > 0 ? new Settling(seconds, -seconds / Math.log(left)) : null,
        null);
  }

  /// The same chip without anything that is drawn or rounded: what its reads are on average.
  static ChipProfile quiet(ChipProfile profile) {
    SenseAmplifier sense = profile.sense();
    SenseAmplifier stepless =
        new SenseAmplifier(
            0,
            sense.fullScaleAmps(),
            0,
            0,
            0,
            sense.biasBits(),
            sense.maxBiasAmps(),
            sense.saturation(),
            0,
            null,
            null,
            sense.settling(),
            null);
    return new ChipProfile(
            profile.name(),
            profile.description(),
            profile.source(),
            profile.geometry(),
            profile.cells().with(Aging.NONE),
            profile.wiring(),
            profile.dac(),
            stepless,
            profile.write(),
            profile.cost(),
            profile.ambient(),
            profile.twin())
        .withNoise(0);
  }
}
