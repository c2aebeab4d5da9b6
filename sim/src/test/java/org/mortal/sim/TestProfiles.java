package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;

/// Profiles with one imperfection at a time, made of the default one.
final class TestProfiles {
  static final CellModel HFOX = Profiles.HFOX.cells();
  static final SenseAmplifier HFOX_SENSE = Profiles.HFOX.sense();

  private TestProfiles() {}

  static ChipProfile of(
      int rows, int columns, Sensing sensing, CellModel cells, Dac dac, SenseAmplifier sense) {
    return new ChipProfile(
        "test",
        "for tests",
        "none",
        new Geometry(rows, columns, sensing),
        cells,
        dac,
        sense,
        Profiles.HFOX.write(),
        Profiles.HFOX.cost());
  }

  static ChipProfile withCells(int rows, int columns, CellModel cells) {
    return of(rows, columns, Sensing.DIFFERENTIAL, cells, Profiles.HFOX.dac(), HFOX_SENSE);
  }

  /// The cells of the default profile with these spreads and noises instead of its own.
  static CellModel cells(
      double gainSpread, double stuck, double cycleNoise, double uniform, double relative) {
    return new CellModel(
        HFOX.minSiemens(),
        HFOX.windowSiemens(),
        HFOX.levels(),
        gainSpread,
        stuck,
        cycleNoise,
        uniform,
        relative);
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
}
