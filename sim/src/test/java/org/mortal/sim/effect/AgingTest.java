package org.mortal.sim.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.CellModel;

/// What cells forget, how they follow the temperature, how they wear out, and how they are formed.
class AgingTest {
  private static final double CELLS = 64 * 64;

  private static CellModel forgetful(double spread, double stretch, double electronvolts) {
    return AgingArray.ideal(
        """
        [cells.aging.retention]
        restLevel = 30e-6
        seconds = 100
        spread = %s
        stretch = %s
        activationElectronvolts = %s
        kelvin = 300
        """
            .formatted(spread, stretch, electronvolts));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5})
  void levelsDecayToRest(double stretch) {
    AgingArray array = AgingArray.of(forgetful(0, stretch, 0));
    array.pulse(1, 90e-6f, 50, 1);
    for (double seconds : new double[] {0, 1, 30, 100, 250, 1000}) {
      double expected = 1e-6 + 30e-6 + 60e-6 * Math.exp(-Math.pow(seconds / 100, stretch));
      for (double siemens : array.siemens(50 + seconds)) {
        assertEquals(expected, siemens, 2e-11, "after " + seconds);
      }
    }
  }

  @Test
  void timeConstantsAreLogNormal() {
    AgingArray array = AgingArray.of(forgetful(0.3, 1, 0));
    array.pulse(1, 90e-6f, 0, 1);
    double[] constants =
        Arrays.stream(array.siemens(60))
            .map(siemens -> -60 / Math.log((siemens - 31e-6) / 60e-6))
            .toArray();
    SummaryStatistics found = AgingArray.statistics(constants);
    assertEquals(100, found.getMean(), 4 * 30 / Math.sqrt(CELLS));
    assertEquals(30, found.getStandardDeviation(), 2);
  }

  @Test
  void pulsesOnTheWayDoNotDelayAnExponential() {
    AgingArray alone = AgingArray.of(forgetful(0.3, 1, 0));
    AgingArray pulsed = AgingArray.of(forgetful(0.3, 1, 0));
    alone.pulse(1, 90e-6f, 0, 1);
    pulsed.pulse(1, 90e-6f, 0, 1);
    for (int i = 1; i < 10; i++) {
      // A pulse that changes nothing: the level that it finds is the one that it leaves.
      float[][] found = new float[64][];
      for (int r = 0; r < 64; r++) {
        found[r] = pulsed.effects.levels(r, AgingArray.nanos(10 * i), pulsed.levels[r]).clone();
      }
      pulsed.pulse(1, 0, 10 * i, 1);
      for (int r = 0; r < 64; r++) {
        System.arraycopy(found[r], 0, pulsed.levels[r], 0, 64);
      }
    }
    double[] expected = alone.siemens(120);
    double[] siemens = pulsed.siemens(120);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], siemens[i], 1e-6 * expected[i]);
    }
  }

  @Test
  void heatHastensForgetting() {
    CellModel model = forgetful(0, 1, 1.0);
    AgingArray cold = AgingArray.of(model);
    AgingArray hot = new AgingArray(model, 64, 64, new Ambient(330, 0, 1));
    double faster = Math.exp(1 / 8.617333262e-5 * (1 / 300.0 - 1 / 330.0));
    cold.pulse(1, 90e-6f, 0, 1);
    hot.pulse(1, 90e-6f, 0, 1);
    assertEquals(33.6, faster, 0.1);
    assertEquals(cold.siemens(50)[0], hot.siemens(50 / faster)[0], 1e-11);
  }

  @Test
  void aSwingOfTheTemperatureIsFeltAsItsIntegral() {
    Ambient ambient = new Ambient(310, 15, 86_400);
    ThermalTime time = new ThermalTime(ambient, 1.1, 300);
    for (double seconds : new double[] {100, 20_000, 86_400, 1e5, 500_000}) {
      double expected =
          new SimpsonIntegrator(1e-9, 1e-12, 10, 24)
              .integrate(
                  1 << 24,
                  t -> Ambient.arrhenius(1.1, 310 + 15 * Math.sin(2 * Math.PI * t / 86_400), 300),
                  0,
                  seconds);
      assertEquals(expected, time.seconds(AgingArray.nanos(seconds)), 1e-5 * expected);
      long back = time.nanosAt(expected, 0);
      assertEquals(seconds, back * 1e-9, 1e-5 * seconds);
    }
  }

  @Test
  void conductancesFollowTheTemperature() {
    String thermal =
        """
        [cells.aging.thermal]
        perKelvin = -1e-3
        activationElectronvolts = 0.05
        kelvin = 300
        """;
    Ambient ambient = new Ambient(300, 20, 4000);
    AgingArray array = new AgingArray(AgingArray.ideal(thermal), 8, 8, ambient);
    array.program(50e-6, 0);
    for (double seconds : new double[] {0, 500, 1000, 3000, 7000}) {
      double kelvin = 300 + 20 * Math.sin(2 * Math.PI * seconds / 4000);
      double factor =
          (1 - 1e-3 * (kelvin - 300)) * Math.exp(-0.05 / 8.617333262e-5 * (1 / kelvin - 1 / 300.0));
      assertEquals(50e-6 * factor, array.siemens(seconds)[5], 1e-11, seconds + " s");
    }
    assertEquals(300 + 20, ambient.kelvin(AgingArray.nanos(1000)), 1e-9);
  }

  /// The plain twin: cell by cell in double precision, each from its own last write.
  @Test
  void everyCellCountsFromItsOwnWrite() {
    CellModel model =
        AgingArray.ideal(
            """
            [cells.aging.retention]
            restLevel = 0
            seconds = 1000
            spread = 0
            stretch = 1
            activationElectronvolts = 0
            kelvin = 300

            [cells.aging.drift]
            startSeconds = 2
            fullSiemens = 101e-6
            mean = { slope = -0.01, offset = 0.05, least = 0, most = 1 }
            spread = { slope = 0, offset = 0, least = 0, most = 0 }
            """);
    AgingArray array = new AgingArray(model, 8, 8, Ambient.ROOM);
    Philox random = new Philox(2);
    double[] level = new double[64];
    double[] since = new double[64];
    for (int train = 1; train <= 40; train++) {
      short[] counts = new short[64];
      int[] cells = IntStream.range(0, 64).filter(i -> random.nextInt(4) == 0).toArray();
      double now = 3.7 * train;
      Writing writing =
          new Writing(
              new PulseTrain(counts, 1, 1, 1e-7),
              cells,
              cells.length,
              train,
              AgingArray.nanos(now));
      array.effects.settle(writing, array.levels);
      for (int cell : cells) {
        assertEquals(aged(level[cell], now - since[cell]), array.levels[cell / 8][cell % 8], 1e-11);
        level[cell] = 1e-4 * random.nextDouble();
        since[cell] = now;
        array.levels[cell / 8][cell % 8] = (float) level[cell];
      }
      array.effects.written(writing, array.levels);
      double[] siemens = array.siemens(now + 1.5);
      for (int i = 0; i < 64; i++) {
        double expected = 1e-6 + aged(level[i], now + 1.5 - since[i]);
        assertEquals(Math.max(0, expected), siemens[i], 1e-11, "cell " + i);
      }
    }
  }

  private static double aged(double level, double seconds) {
    double forgotten = level * Math.exp(-seconds / 1000);
    double exponent = Math.max(0, -0.01 * Math.log((1e-6 + level) / 101e-6) + 0.05);
    double siemens = 1e-6 + forgotten;
    return (seconds <= 2 ? siemens : siemens * Math.pow(seconds / 2, -exponent)) - 1e-6;
  }

  private static CellModel mortal() {
    return AgingArray.ideal(
        """
        [cells.aging.endurance]
        medianPulses = 20_000
        spread = 0.5
        onsetPulses = 1000
        lossPerDecade = 0.1
        """);
  }

  @Test
  void cellsWearOutOneByOne() {
    AgingArray array = AgingArray.of(mortal());
    NormalDistribution normal = new NormalDistribution();
    int done = 0;
    for (int train = 0; train < 60; train++) {
      array.pulse(train % 2 == 0 ? 1000 : -1000, train % 2 == 0 ? 100e-6f : 0, train, 1);
      done += 1000;
      if (done % 10_000 == 0) {
        int stuck = 0;
        for (int r = 0; r < 64; r++) {
          for (int c = 0; c < 64; c++) {
            stuck += array.effects.stuck(r, c) ? 1 : 0;
          }
        }
        double share = normal.cumulativeProbability(Math.log(done / 20_000.0) / 0.5);
        assertEquals(share * CELLS, stuck, 4 * Math.sqrt(share * (1 - share) * CELLS));
      }
    }
    double[] before = array.siemens(100);
    array.pulse(1, 50e-6f, 100, 1);
    double[] after = array.siemens(100);
    int still = 0;
    for (int i = 0; i < before.length; i++) {
      boolean stuck = array.effects.stuck(i / 64, i % 64);
      assertEquals(stuck, array.levels[i / 64][i % 64] != 50e-6f, "cell " + i);
      assertTrue(!stuck || Math.abs(after[i] - before[i]) < 1e-9, "a stuck cell stays");
      still += stuck ? 1 : 0;
    }
    assertTrue(still > 0.95 * CELLS);
  }

  @Test
  void windowsCloseWithTheLogarithmOfPulses() {
    AgingArray array = AgingArray.of(mortal());
    for (int n = 1000; n <= 4000; n += 1000) {
      array.pulse(1000, 100e-6f, 1, 1);
      double left = 1 - 0.1 * Math.log10(1 + n / 1000.0);
      double middle = 51e-6;
      SummaryStatistics found = AgingArray.statistics(array.siemens(1));
      assertEquals(middle + left * 50e-6, found.getMax(), 1e-10);
    }
  }

  @Test
  void newCellsWantForming() {
    AgingArray array = AgingArray.preset("hfox-virgin");
    NormalDistribution forming = new NormalDistribution(1.5, 0.1);
    array.pulse(10, 50e-6f, 0, 0.9);
    array.pulse(-10, 50e-6f, 1, 1.8);
    for (double siemens : array.siemens(1)) {
      assertEquals(1e-9, siemens, 1e-15);
    }
    for (double volts : new double[] {1.3, 1.4, 1.5, 1.6}) {
      array.pulse(1, 10e-6f, 2, volts);
      int formed = 0;
      for (double siemens : array.siemens(2)) {
        formed += siemens > 1e-6 ? 1 : 0;
      }
      double share = forming.cumulativeProbability(volts);
      assertEquals(share * CELLS, formed, 4 * Math.sqrt(share * (1 - share) * CELLS));
    }
    array.pulse(1, 10e-6f, 3, 2.2);
    // Formed before, they obey; formed now, they are at the formed level.
    for (double siemens : array.siemens(3)) {
      assertTrue(Math.abs(siemens - 11e-6) < 1e-9 || Math.abs(siemens - 101e-6) < 1e-9);
    }
  }

  @Test
  void aWriteFindsWhereTimeHasLeftTheCell() {
    for (String preset : new String[] {"pcm", "neurram", "hfox-lab"}) {
      AgingArray array = AgingArray.preset(preset);
      array.pulse(1, 20e-6f, 0, 1);
      float[] aged = array.effects.levels(5, AgingArray.nanos(1e5), array.levels[5]).clone();
      float[][] levels = array.levels;
      short[] counts = new short[64 * 64];
      counts[5 * 64 + 9] = 1;
      int[] cells = {5 * 64 + 9};
      Writing one =
          new Writing(new PulseTrain(counts, 1, 1, 1e-7), cells, 1, 7, AgingArray.nanos(1e5));
      array.effects.settle(one, levels);
      assertEquals(aged[9], levels[5][9], preset);
      assertEquals(20e-6f, levels[5][8], preset);
      array.effects.written(one, levels);
      assertEquals(aged[9], array.effects.levels(5, AgingArray.nanos(1e5), levels[5])[9], preset);
      assertEquals(aged[8], array.effects.levels(5, AgingArray.nanos(1e5), levels[5])[8], preset);
      assertTrue(aged[9] != 20e-6f, preset);
    }
  }
}
