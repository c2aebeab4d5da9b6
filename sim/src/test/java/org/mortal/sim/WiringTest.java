package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Cell;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Wires, bent cells and floating lines, seen through the port.
class WiringTest {
  private static final String CUBIC =
      """
      law = 'cubic'
      square = { c0 = 0, c1 = 1e-5, c2 = 0, c3 = 0 }
      cube = { c0 = 1e-3, c1 = 0, c2 = 0, c3 = 0 }
      maxVolts = 0.5
      minSiemens = 50e-6
      maxSiemens = 225e-6
      """;

  private static final Kernels KERNELS = Kernels.select(2);

  private static SimChip chip(String wiring, int rows, int columns, Sensing sensing) {
    String text =
        """
        extends = "ideal"
        name = "wired"
        [cells.variation]
        gain = 0.3
        """;
    ChipProfile profile = ProfileFile.parse(text + wiring, "wired.toml");
    return new ChipPopulation(profile.with(new Geometry(rows, columns, sensing)))
        .chip(5, 1, KERNELS);
  }

  private static String wiring(double ohms, String write, String rows, String columns) {
    return """
    [wiring]
    write = "%s"
    [wiring.wires]
    rowSegmentOhms = %s
    columnSegmentOhms = %s
    rowDriverOhms = %s
    columnTerminalOhms = %s
    perKelvin = 0
    [wiring.idle]
    rows = "%s"
    columns = "%s"
    """
        .formatted(write, ohms, ohms, ohms, ohms, rows, columns);
  }

  private static void scramble(SimChip chip, int most) {
    Crossbar array = chip.arrays().get(0);
    Philox random = new Philox(9);
    short[] counts = new short[array.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(most);
    }
    array.pulse(PulseTrain.nominal(counts, array.limits().write()));
  }

  private static Batch volts(int vectors, int rows) {
    Philox random = new Philox(11);
    Batch volts = Batch.zeros(vectors, rows);
    for (int n = 0; n < vectors; n++) {
      for (int i = 0; i < rows; i++) {
        volts.set(n, i, 0.2f * (0.1f + 0.9f * random.nextFloat()));
      }
    }
    return volts;
  }

  /// The map by products and the circuit vector by vector are each other's twins.
  @ParameterizedTest
  @ValueSource(strings = {"SINGLE", "DIFFERENTIAL"})
  void aProductReadsWhatTheCircuitDoes(Sensing sensing) {
    SimChip product = chip(wiring(5, "isolated", "grounded", "grounded"), 20, 12, sensing);
    String sinh = "[cells.conduction]\nlaw = 'sinh'\nscaleVolts = 1e6\n";
    SimChip circuit = chip(wiring(5, "isolated", "grounded", "grounded") + sinh, 20, 12, sensing);
    scramble(product, 200);
    scramble(circuit, 200);
    Batch volts = volts(7, 20);
    for (Read.Sense sense :
        sensing == Sensing.DIFFERENTIAL ? Read.Sense.values() : new Read.Sense[] {Read.Sense.ALL}) {
      Batch fast = Batch.zeros(7, product.profile().geometry().outputs());
      Batch plain = Batch.zeros(7, fast.columns());
      product.arrays().get(0).read(new Read(volts, 1, null, sense), fast);
      circuit.arrays().get(0).read(new Read(volts, 1, null, sense), plain);
      for (int n = 0; n < 7; n++) {
        for (int j = 0; j < fast.columns(); j++) {
          assertEquals(plain.get(n, j), fast.get(n, j), 3e-6 * 20 * 0.2 * 100e-6, sense + " " + j);
        }
      }
    }
  }

  /// Wires follow a swing of the temperature though no cell changes.
  @Test
  void warmWiresTakeMore() {
    String warming =
        wiring(50, "isolated", "grounded", "grounded").replace("perKelvin = 0", "perKelvin = 0.01")
            + "[ambient]\nkelvin = 300\nswingKelvin = 30\nperiodSeconds = 4\n";
    SimChip product = chip(warming, 20, 12, Sensing.SINGLE);
    SimChip circuit =
        chip(
            warming + "[cells.conduction]\nlaw = 'sinh'\nscaleVolts = 1e6\n",
            20,
            12,
            Sensing.SINGLE);
    scramble(product, 200);
    scramble(circuit, 200);
    Batch volts = volts(1, 20);
    float cold = product.arrays().get(0).read(volts).get(0, 0);
    circuit.arrays().get(0).read(volts);
    product.advance(1);
    circuit.advance(1);
    float warm = product.arrays().get(0).read(volts).get(0, 0);
    assertTrue(warm < 0.99 * cold, warm + " A, and " + cold + " A when cold");
    float plain = circuit.arrays().get(0).read(volts).get(0, 0);
    assertEquals(plain, warm, 3e-6 * plain);
  }

  /// Currents of bent cells are added up where nothing else has a say, and solved for where a wire does.
  @ParameterizedTest
  @ValueSource(strings = {"law = 'sinh'\nscaleVolts = 0.1", CUBIC})
  void bentCellsAddUpToTheCircuitOfGoodWires(String law) {
    String conduction = "[cells.conduction]\n" + law + "\n";
    SimChip added =
        chip(wiring(0, "isolated", "grounded", "grounded") + conduction, 10, 8, Sensing.SINGLE);
    SimChip solved =
        chip(wiring(1e-6, "isolated", "grounded", "grounded") + conduction, 10, 8, Sensing.SINGLE);
    for (SimChip chip : new SimChip[] {added, solved}) {
      scramble(chip, 200);
    }
    Batch volts = volts(3, 10);
    Batch fast = added.arrays().get(0).read(volts);
    Batch plain = solved.arrays().get(0).read(volts);
    double[][] siemens = added.truth(0).siemens();
    for (int n = 0; n < 3; n++) {
      for (int j = 0; j < 8; j++) {
        assertEquals(
            plain.get(n, j),
            fast.get(n, j),
            1e-4 * plain.get(n, j),
            "each steps in its own rounding");
        double straight = 0;
        for (int i = 0; i < 10; i++) {
          straight += siemens[i][j] * volts.get(n, i);
        }
        assertTrue(Math.abs(fast.get(n, j) / straight - 1) > 0.01, "bent by so little");
      }
    }
  }

  @Test
  void wiresTakeCurrent() {
    double[] sums = new double[2];
    double[] ohms = {0, 5};
    for (int k = 0; k < 2; k++) {
      SimChip chip =
          chip(wiring(ohms[k], "isolated", "grounded", "grounded"), 32, 32, Sensing.SINGLE);
      scramble(chip, 200);
      Batch amps = chip.arrays().get(0).read(volts(1, 32));
      for (int j = 0; j < 32; j++) {
        sums[k] += amps.get(0, j);
      }
    }
    assertTrue(sums[1] < 0.95 * sums[0] && sums[1] > 0.5 * sums[0], sums[1] / sums[0] + "");
  }

  /// One driven row of a passive 2 x 2 array whose other row floats: three cells in series join the direct one.
  @Test
  void aFloatingRowIsASneakPath() {
    SimChip chip = chip(wiring(0, "half", "floating", "floating"), 2, 4, Sensing.DIFFERENTIAL);
    Crossbar array = chip.arrays().get(0);
    Batch volts = Batch.of(new float[][] {{0.2f, 0}});
    Batch amps = Batch.zeros(1, 2);
    // Only columns 0 and 1 are sensed; 2 and 3 float with row 1.
    array.read(new Read(volts, 1, null, Read.Sense.PLUS), amps);
    double[][] g = chip.truth(0).siemens();
    // Row 1 collects what comes through columns 2 and 3, and gives it to columns 0 and 1, at
    // virtual ground.
    double in = 0;
    double toRow = 0;
    for (int c = 2; c < 4; c++) {
      double series = g[0][c] * g[1][c] / (g[0][c] + g[1][c]);
      in += series * 0.2;
      toRow += series;
    }
    double row = in / (toRow + g[1][0] + g[1][1]);
    for (int j = 0; j < 2; j++) {
      double expected = 0.2 * g[0][j] + row * g[1][j];
      assertEquals(expected, amps.get(0, j), 1e-6 * expected);
    }
  }

  @Test
  void aPulseLosesWhatItsWiresTake() {
    SimChip perfect = chip("", 16, 16, Sensing.SINGLE);
    SimChip wired = chip(wiring(100, "isolated", "grounded", "grounded"), 16, 16, Sensing.SINGLE);
    for (SimChip chip : new SimChip[] {perfect, wired}) {
      scramble(chip, 100);
    }
    double[][] whole = perfect.truth(0).siemens();
    double[][] part = wired.truth(0).siemens();
    // The far corner has 31 segments and both ends in series, the near one two segments.
    assertTrue(part[15][0] > 0.95 * whole[15][0], part[15][0] + " of " + whole[15][0]);
    int far = 15;
    assertTrue(part[0][far] < 0.9 * whole[0][far], part[0][far] + " of " + whole[0][far]);
    assertTrue(part[0][far] > 0.3 * whole[0][far]);
  }

  @Test
  void schemesDisturbWhomTheySay() {
    String switching = "[cells.switching]\nthreshold = 0.2\nvoltsPerDecade = 0.3\n";
    for (String scheme : new String[] {"isolated", "half", "third"}) {
      SimChip chip =
          chip(wiring(0, scheme, "grounded", "grounded") + switching, 8, 8, Sensing.SINGLE);
      double[][] before = chip.truth(0).siemens();
      Crossbar array = chip.arrays().get(0);
      array.pulse(PulseTrain.single(array.geometry(), new Cell(3, 4), 50, array.limits().write()));
      double[][] after = chip.truth(0).siemens();
      double volts = array.limits().write().setVolts();
      double fraction = scheme.equals("half") ? 1 / 2.0 : 1 / 3.0;
      double strength = Math.pow(10, (fraction - 1) * volts / 0.3);
      for (int r = 0; r < 8; r++) {
        for (int c = 0; c < 8; c++) {
          boolean selected = r == 3 && c == 4;
          boolean half = (r == 3 || c == 4) && !selected && !scheme.equals("isolated");
          double gain = chip.truth(0).gain()[r][c];
          double expected = selected ? 50 * 0.4e-6 : half ? 50 * strength * 0.4e-6 : 0;
          assertEquals(
              gain * expected,
              after[r][c] - before[r][c],
              1e-10 + 1e-3 * expected,
              scheme + " " + r + " " + c);
        }
      }
    }
  }

  @Test
  void threadsChangeNoBit() {
    String wiring = wiring(2, "half", "floating", "grounded");
    float[][][] all = new float[2][][];
    for (int k = 0; k < 2; k++) {
      ChipProfile profile =
          ProfileFile.parse("extends = 'hfox'\n" + wiring, "wired.toml")
              .with(new Geometry(12, 8, Sensing.DIFFERENTIAL));
      SimChip chip = new ChipPopulation(profile).chip(5, 1, Kernels.select(1 + 3 * k));
      scramble(chip, 20);
      all[k] = chip.arrays().get(0).read(volts(9, 12)).toArrays();
    }
    assertArrayEquals(all[0], all[1]);
  }
}
