package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.Defects;
import org.mortal.sim.device.ReadNoise;
import org.mortal.sim.device.Variation;

/// Profiles with one imperfection at a time, made of the default one.
final class TestProfiles {
  static final ChipProfile PROFILE = Profiles.hfox();
  static final ChipProfile IDEAL = Profiles.named("ideal").orElseThrow();
  static final ChipProfile HARSH = Profiles.named("hfox-harsh").orElseThrow();
  static final CellModel HFOX = PROFILE.cells();
  static final SenseAmplifier HFOX_SENSE = PROFILE.sense();

  private TestProfiles() {}

  static ChipProfile of(
      int rows, int columns, Sensing sensing, CellModel cells, Dac dac, SenseAmplifier sense) {
    return new ChipProfile(
        "test",
        "for tests",
        "none",
        new Geometry(rows, columns, sensing),
        cells,
        Wiring.PERFECT,
        dac,
        sense,
        PROFILE.write(),
        PROFILE.cost(),
        null,
        null);
  }

  static ChipProfile withCells(int rows, int columns, CellModel cells) {
    return of(rows, columns, Sensing.DIFFERENTIAL, cells, PROFILE.dac(), HFOX_SENSE);
  }

  /// The cells of the default profile with these spreads and noises instead of its own.
  static CellModel cells(
      double gainSpread, double stuck, double cycleNoise, double uniform, double relative) {
    ConstantStep steps = (ConstantStep) HFOX.update();
    return HFOX.with(new ConstantStep(steps.setStep(), steps.resetStep(), cycleNoise))
        .with(new Variation(gainSpread, 0, false, 0, 0, 0, 0))
        .with(new Defects(stuck, 0, 0, 0))
        .with(new ReadNoise(uniform, relative));
  }

  /// The default amplifiers, their noise times `factor`.
  static SenseAmplifier amplifiers(int bits, double fullScaleAmps, double noiseFactor) {
    return new SenseAmplifier(
        bits,
        fullScaleAmps,
        HFOX_SENSE.gainSpread(),
        HFOX_SENSE.offsetAmps(),
        noiseFactor * HFOX_SENSE.noiseAmps(),
        HFOX_SENSE.biasBits(),
        HFOX_SENSE.maxBiasAmps());
  }

  /// The default amplifiers without spread, offset and noise.
  static SenseAmplifier evenAmplifiers() {
    return new SenseAmplifier(
        HFOX_SENSE.adcBits(),
        HFOX_SENSE.fullScaleAmps(),
        0,
        0,
        0,
        HFOX_SENSE.biasBits(),
        HFOX_SENSE.maxBiasAmps());
  }
}
