package org.mortal.sim;

import java.util.List;
import java.util.Optional;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;

/// The profiles that come with Mortal.
public final class Profiles {
  private static final Geometry ARRAY = new Geometry(256, 256, Sensing.DIFFERENTIAL);
  private static final double MICRO = 1e-6;
  private static final double NANO = 1e-9;
  private static final double PICO = 1e-12;

  /// 1 to 101 µS in 250 pulses. A pair spans 500 steps, from one end to the other.
  private static final CellModel HFOX_CELLS =
      new CellModel(1 * MICRO, 100 * MICRO, 250, 0.20, 0.01, 0.30, 0.8 * MICRO, 0);

  private static final SenseAmplifier HFOX_SENSE =
      new SenseAmplifier(9, 80 * MICRO, 0.15, 2 * MICRO, 0.4 * MICRO, 10, 40 * MICRO);

  private static final WriteMode HFOX_WRITE =
      new WriteMode(0.9, 0.9, 100 * NANO, HFOX_CELLS.stepSiemens());

  private static final Cost HFOX_COST = new Cost(100 * NANO, 0.5 * PICO, 10 * PICO);

  private static final String HFOX_SOURCE =
      "1T1R HfOx: window and pulses after Li et al., Nature Communications 9, 2385 (2018) and Renaudineau et al. (2026);"
          + " spreads and converters in the range of Wan et al., Nature 608, 504 (2022);"
          + " 10 pJ a 9-bit conversion is 20 fJ a step, Murmann, ADC Performance Survey";

  /// A perfect chip: exact cells, no noise, no converter steps.
  public static final ChipProfile IDEAL =
      new ChipProfile(
          "ideal",
          "exact cells and converters, in the window and pulses of hfox",
          "none: the limit that other profiles are compared with",
          ARRAY,
          new CellModel(1 * MICRO, 100 * MICRO, 250, 0, 0, 0, 0, 0),
          new Dac(0, 0.2),
          new SenseAmplifier(0, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 40 * MICRO),
          HFOX_WRITE,
          HFOX_COST);

  /// The default chip.
  public static final ChipProfile HFOX =
      new ChipProfile(
          "hfox",
          "1T1R hafnium oxide, differential sensing, 8-bit DAC, 9-bit ADC",
          HFOX_SOURCE,
          ARRAY,
          HFOX_CELLS,
          new Dac(8, 0.2),
          HFOX_SENSE,
          HFOX_WRITE,
          HFOX_COST);

  /// The default chip at its worst.
  public static final ChipProfile HFOX_HARSH =
      new ChipProfile(
          "hfox-harsh",
          "hfox with 2.5 times the spread, stuck cells, offsets and noise",
          HFOX_SOURCE,
          ARRAY,
          HFOX_CELLS.harsher(2.5),
          new Dac(8, 0.2),
          HFOX_SENSE.harsher(2.5),
          HFOX_WRITE,
          HFOX_COST);

  private static final List<ChipProfile> ALL = List.of(IDEAL, HFOX, HFOX_HARSH);

  private Profiles() {}

  public static List<ChipProfile> all() {
    return ALL;
  }

  public static Optional<ChipProfile> named(String name) {
    return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }
}
