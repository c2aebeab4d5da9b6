package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Kernels;
import org.mortal.sim.device.CellModel;

/// The presets that are known in siemens follow the published curves: NeuroSim's table of devices, and VTEAM.
///
/// The tables are typed in here.
class NeurosimPresetTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int SIDE = 64;
  private static final int CELLS = SIDE * SIDE;

  /// @param setA A for the label of SET pulses in NeuroSim's own table, in parts of the number of pulses, with the label's sign
  private record Row(
      String name,
      int setPulses,
      int resetPulses,
      double setA,
      double resetA,
      double onOhms,
      double ratio,
      double noise,
      double setVolts,
      double resetVolts,
      double seconds) {
    @Override
    public String toString() {
      return name;
    }
  }

  // The label 0.105 lies between two rows of NeuroSim's table: between A of 12.625807 and
  // 11.477796, by 1/label.
  private static final Row[] TABLE = {
    new Row("ag-si", 97, 97, .499181, -.200303, 26e6, 12.5, .035, 3.2, 2.8, 300e-6),
    new Row("taox-tio2", 102, 102, .661941, -.685502, 5e6, 2, .01, 3, 3, 40e-3),
    new Row("taox-hfox", 128, 128, 31.566827, -1.997332, 100e3, 10, .037, 1.6, 1.6, 50e-9),
    new Row("pcmo", 50, 50, .300644, -.100251, 23e6, 6.84, .01, 2, 2, 1e-3),
    new Row("alox-hfo2", 40, 40, .629249, -2.063266, 16.9e3, 4.43, .05, .9, 1, 100e-6),
    new Row("gst-pcm", 100, 120, 12.0245, .499181, 4.71e3, 19.8, .015, .7, 3, 6e-6),
    new Row("epiram", 64, 64, 2.519877, -2.519877, 81e3, 50.2, .02, 5, 3, 5e-6),
    new Row("hzo-fefet", 32, 32, .702081, .848677, 559.28e3, 45, .01, 3.65, 2.95, 75e-9)
  };

  private static SimChip chip(String name, CellModel cells) {
    ChipProfile profile =
        Profiles.named(name).orElseThrow().with(new Geometry(SIDE, SIDE, Sensing.SINGLE));
    return new ChipPopulation(profile.with(cells)).chip(3, KERNELS);
  }

  private static CellModel cells(String name, String... replaced) {
    String text = "extends = \"%s\"\n%s\n".formatted(name, String.join("\n", replaced));
    return ProfileFile.parse(text, "test.toml").cells();
  }

  private static void pulse(SimChip chip, int count) {
    Crossbar crossbar = chip.arrays().get(0);
    short[] counts = new short[CELLS];
    Arrays.fill(counts, (short) count);
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  private static double[] siemens(SimChip chip) {
    return Arrays.stream(chip.truth(0).siemens()).flatMapToDouble(Arrays::stream).toArray();
  }

  /// Where `pulses` lead on a curve from the low bound.
  private static double curve(Row row, double a, double most, double pulses) {
    double highest = 1 / row.onOhms;
    double lowest = highest / row.ratio;
    double b = (highest - lowest) / (1 - Math.exp(-1 / a));
    return b * (1 - Math.exp(-pulses / (a * most))) + lowest;
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void curvesAreThePublishedOnes(Row row) {
    SimChip chip = chip(row.name, cells(row.name, "[cells.update]\ncycleNoise = 0"));
    double window = (1 - 1 / row.ratio) / row.onOhms;
    double tolerance = 2e-5 * window;
    for (int p = 0; p <= row.setPulses; p++) {
      double expected = curve(row, row.setA, row.setPulses, p);
      assertEquals(expected, siemens(chip)[p], tolerance, p + " SET pulses");
      pulse(chip, 1);
    }
    assertEquals(1 / row.onOhms, siemens(chip)[0], tolerance, "on");
    for (int p = row.resetPulses; p >= 0; p--) {
      double expected = curve(row, row.resetA, row.resetPulses, p);
      assertEquals(expected, siemens(chip)[p], tolerance, p + " RESET pulses left");
      pulse(chip, -1);
    }
    assertEquals(1 / row.onOhms / row.ratio, siemens(chip)[0], tolerance, "off");
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void pulsesScatterByTheWindow(Row row) {
    SimChip chip = chip(row.name, cells(row.name));
    double window = (1 - 1 / row.ratio) / row.onOhms;
    for (int p = 0; p < row.setPulses / 3; p++) {
      pulse(chip, 1);
    }
    SummaryStatistics found = new SummaryStatistics();
    for (int round = 0; round < 6; round++) {
      int sign = round % 2 == 0 ? 1 : -1;
      double a = sign > 0 ? row.setA : row.resetA;
      double most = sign > 0 ? row.setPulses : row.resetPulses;
      double[] before = siemens(chip);
      pulse(chip, sign);
      double[] after = siemens(chip);
      for (int i = 0; i < CELLS; i++) {
        double y = (before[i] - 1 / row.onOhms / row.ratio) / window;
        double pulses = -a * most * Math.log(1 - y * (1 - Math.exp(-1 / a)));
        double expected = curve(row, a, most, pulses + sign);
        double reach = 3.7 * row.noise * window;
        if (expected - reach > 1 / row.onOhms / row.ratio && expected + reach < 1 / row.onOhms) {
          found.addValue((after[i] - expected) / window);
        }
      }
    }
    double steps = found.getN();
    assertTrue(steps > CELLS, steps + " steps");
    assertEquals(0, found.getMean(), 4 * row.noise / Math.sqrt(steps), "mean");
    assertEquals(row.noise, found.getStandardDeviation(), 4 * row.noise / Math.sqrt(2 * steps));
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void pulsesHaveThePublishedShape(Row row) {
    WriteMode write = Profiles.named(row.name).orElseThrow().write();
    assertEquals(row.setVolts, write.setVolts());
    assertEquals(row.resetVolts, write.resetVolts());
    assertEquals(row.seconds, write.seconds());
  }

  /// R_on 50 Ω, R_off 1 kΩ over 3 nm; −10 m/s (v/−0.2 V − 1)³ and 5e-4 m/s (v/0.02 V − 1).
  @Test
  void vteamMovesAsItsRateEquationSays() {
    SimChip chip = chip("vteam", cells("vteam"));
    double nanometres = 3e-9;
    double seconds = 100e-9;
    assertEquals(1e-3, siemens(chip)[0], 1e-9, "off");
    double place = 1;
    double volts = 0.2062;
    for (int p = 0; p < 60; p++) {
      pulse(chip, volts, 0.03, 1);
      place -= 10 * Math.pow(volts / 0.2 - 1, 3) * seconds / nanometres;
      assertEquals(1 / (50 + 950 * place), siemens(chip)[p], 1e-4 * 20e-3, "SET " + p);
    }
    for (int p = 0; p < 30; p++) {
      pulse(chip, volts, 0.031, -1);
      place += 5e-4 * (0.031 / 0.02 - 1) * seconds / nanometres;
      assertEquals(1 / (50 + 950 * place), siemens(chip)[p], 1e-4 * 20e-3, "RESET " + p);
    }
    pulse(chip, 0.2, 0.02, 500);
    pulse(chip, 0.2, 0.02, -500);
    assertEquals(1 / (50 + 950 * place), siemens(chip)[0], 1e-4 * 20e-3, "at the thresholds");
    pulse(chip, 0.3, 0.02, 500);
    assertEquals(1.0 / 50, siemens(chip)[0], 1e-6, "on");
  }

  private static void pulse(SimChip chip, double setVolts, double resetVolts, int count) {
    short[] counts = new short[CELLS];
    Arrays.fill(counts, (short) count);
    chip.arrays().get(0).pulse(new PulseTrain(counts, setVolts, resetVolts, 100e-9));
  }
}
