package org.mortal.sim.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.kernel.PlainNormals;

/// Errors of converters are drawn as their records promise.
class ConvertersTest {
  private static final int CHIPS = 2000;
  private static final int POINTS = 255;

  private static SummaryStatistics over(ToDoubleFunction<double[]> figure, double inl, double dnl) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (int chip = 0; chip < CHIPS; chip++) {
      Philox random = new Philox(Philox.key(3, chip));
      statistics.addValue(figure.applyAsDouble(Converters.deviations(POINTS, inl, dnl, random)));
    }
    return statistics;
  }

  private static void assertSpread(double expected, SummaryStatistics drawn) {
    // Four standard errors of a normal sample.
    double error = 4 * expected / Math.sqrt(2.0 * CHIPS);
    assertEquals(expected, drawn.getStandardDeviation(), error + 1e-12);
    assertEquals(0, drawn.getMean(), 4 * expected / Math.sqrt(CHIPS) + 1e-12);
  }

  @Test
  void theBowHasItsSpreadInTheMiddleAndNoneAtTheEnds() {
    assertSpread(1.5, over(deviations -> deviations[POINTS / 2], 1.5, 0));
    assertSpread(0, over(deviations -> deviations[0], 1.5, 0));
    assertSpread(0, over(deviations -> deviations[POINTS - 1], 1.5, 0));
    // Where the S peaks, the parabola has two thirds of its height.
    int peak = (int) Math.round((1 - 1 / Math.sqrt(3)) / 2 * (POINTS - 1));
    assertSpread(1.5 * Math.hypot(1, 2.0 / 3), over(deviations -> deviations[peak], 1.5, 0));
  }

  @Test
  void widthsOfStepsHaveTheirSpread() {
    double expected = 0.2 * Math.sqrt(1 - 1.0 / (POINTS - 1));
    assertSpread(expected, over(deviations -> deviations[70] - deviations[69], 0, 0.2));
    // Between fixed ends, a random walk in the middle has half the variance of a free one.
    double middle = 0.2 * Math.sqrt((POINTS - 1) / 4.0);
    assertSpread(middle, over(deviations -> deviations[POINTS / 2], 0, 0.2));
  }

  @Test
  void pointsKeepTheirOrder() {
    for (int chip = 0; chip < 200; chip++) {
      double[] deviations = Converters.deviations(POINTS, 20, 2, new Philox(chip));
      for (int k = 1; k < POINTS; k++) {
        assertTrue(1 + deviations[k] - deviations[k - 1] >= -1e-9, "point " + k);
      }
    }
    assertArrayEquals(new double[9], Converters.deviations(9, 0, 0, new Philox(1)));
    assertArrayEquals(new double[1], Converters.deviations(1, 3, 3, new Philox(1)));
  }

  @Test
  void driversScatterAndStayWithinTheirRange() {
    Dac dac = new Dac(8, 0.2, 0, new DacErrors(0.02, 1e-3, 0, 0, 0));
    Drivers drivers = new Drivers(dac, CHIPS, new Philox(5), new PlainNormals(), 7);
    SummaryStatistics middle = new SummaryStatistics();
    SummaryStatistics gains = new SummaryStatistics();
    for (double[] level : drivers.levels()) {
      double step = 0.2 / 255;
      middle.addValue(level[100] - 100 * step);
      gains.addValue((level[150] - level[50]) / (100 * step) - 1);
      for (double volts : level) {
        assertTrue(volts >= 0 && volts <= (float) 0.2, volts + " V");
      }
    }
    assertSpread(Math.hypot(0.02 * 100 * 0.2 / 255, 1e-3), middle);
    assertSpread(0.02, gains);
  }

  @Test
  void aDriversNoiseBelongsToItsVector() {
    Dac dac = new Dac(8, 0.2, 0, new DacErrors(0, 0, 0, 0, 1e-3));
    Drivers drivers = new Drivers(dac, 64, new Philox(5), new PlainNormals(), 7);
    float[] numbers = new float[64];
    SummaryStatistics drawn = new SummaryStatistics();
    for (int vector = 0; vector < 40; vector++) {
      float[] volts = new float[64];
      float[] again = new float[64];
      drivers.addNoise(volts, 64, vector, numbers);
      drivers.addNoise(again, 64, vector, numbers);
      assertArrayEquals(volts, again);
      for (float volt : volts) {
        drawn.addValue(volt);
      }
    }
    assertEquals(1e-3, drawn.getStandardDeviation(), 4e-3 / Math.sqrt(2 * drawn.getN()));
  }

  @Test
  void heldSamplesDroop() {
    Multiplexer multiplexer = new Multiplexer(4, 50e-9, 20e-9, 2e-6);
    assertEquals(1, multiplexer.held(8));
    assertEquals(Math.exp(-0.03), multiplexer.held(7), 1e-12);
    assertEquals(50e-9 + 80e-9, multiplexer.readSeconds(128), 1e-18);
    assertEquals(50e-9 + 60e-9, multiplexer.readSeconds(3), 1e-18);
  }

  @Test
  void refusesPartsThatCannotBe() {
    assertIllegal("-1.0", () -> new DacErrors(0, -1, 0, 0, 0));
    assertIllegal("NaN", () -> new AdcErrors(Double.NaN, 0));
    assertIllegal("1 to 12 bits, not 14", () -> new Dac(14, 1, 0, new DacErrors(0, 0, 0, 0, 0)));
    assertIllegal("1 to 12 bits, not 0", () -> new Dac(0, 1, 0, new DacErrors(0, 0, 0, 0, 0)));
    assertIllegal("not 0", () -> new Multiplexer(0, 1, 1, 1));
    assertIllegal("positive", () -> new Multiplexer(1, 1, 1, 0));
    assertIllegal("positive", () -> new Settling(0, 1));
    assertIllegal("NaN", () -> new Thermal(Double.NaN, 0));
    SenseAmplifier plain = new SenseAmplifier(0, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0);
    assertIllegal("not 0", () -> plain.with(null, 0, new AdcErrors(0, 0), null, null, null));
    assertIllegal("-0.1", () -> plain.with(null, -0.1, null, null, null, null));
  }

  private static void assertIllegal(String reason, Runnable make) {
    String message = assertThrows(IllegalArgumentException.class, make::run).getMessage();
    assertTrue(message.contains(reason), message);
  }
}
