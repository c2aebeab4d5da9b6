package org.mortal.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Philox;

/// Each law is its formula, worked out here once more in double precision.
class UpdateLawTest {
  /// A law's formula: the change of the level.
  private interface Formula {
    double change(double level, double low, double high, double strength, double normal);
  }

  /// Levels between bounds around (−1, 1), or between the given ones.
  private static void assertIs(Formula formula, PulseStep step, double least, double most) {
    assertIs(formula, step, least, most, 1e-12);
  }

  private static void assertIs(
      Formula formula, PulseStep step, double least, double most, double tolerance) {
    Philox random = new Philox(8);
    for (int trial = 0; trial < 2000; trial++) {
      double spread = 0.2 * (most - least);
      double low = least + spread * random.nextDouble();
      double high = most - spread * random.nextDouble();
      double level = low + (high - low) * random.nextDouble();
      double strength = trial % 2 == 0 ? 1 : 2 * random.nextDouble();
      double normal = trial % 3 == 0 ? 0 : random.nextGaussian();
      double expected = formula.change(level, low, high, strength, normal);
      double size = Math.max(Math.abs(most), Math.abs(expected));
      assertEquals(
          level + expected, step.next(level, low, high, strength, normal), tolerance * size);
    }
  }

  @Test
  void constantSteps() {
    ConstantStep law = new ConstantStep(0.02, 0.03, 0.4);
    assertIs((w, l, h, s, n) -> 0.02 * s * (1 + 0.4 * n), law.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -0.03 * s * (1 + 0.4 * n), law.reset(), -1, 1);
  }

  @Test
  void linearSteps() {
    LinearStep product = new LinearStep(0.02, 0.03, -0.1, 0.6, 0.4, true);
    assertIs((w, l, h, s, n) -> 0.02 * s * (1 - 0.1 * w) * (1 + 0.4 * n), product.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -0.03 * s * (1 + 0.6 * w) * (1 + 0.4 * n), product.reset(), -1, 1);
    LinearStep sum = new LinearStep(0.02, 0.03, -0.1, 0.6, 0.4, false);
    assertIs((w, l, h, s, n) -> 0.02 * s * (1 - 0.1 * w + 0.4 * n), sum.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -0.03 * s * (1 + 0.6 * w + 0.4 * n), sum.reset(), -1, 1);
  }

  @Test
  void softBounds() {
    SoftBounds sum = new SoftBounds(0.02, 0.03, 0.4, false);
    assertIs((w, l, h, s, n) -> 0.02 * s * (1 - w / h + 0.4 * n), sum.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -0.03 * s * (1 - w / l + 0.4 * n), sum.reset(), -1, 1);
    SoftBounds product = new SoftBounds(0.02, 0.03, 0.4, true);
    assertIs((w, l, h, s, n) -> 0.02 * s * (1 - w / h) * (1 + 0.4 * n), product.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -0.03 * s * (1 - w / l) * (1 + 0.4 * n), product.reset(), -1, 1);
  }

  @Test
  void exponentialSteps() {
    ExponentialStep law =
        new ExponentialStep(0.01, 0.02, -0.5, 0.1, -1.2, 0.7, 3, 2, 0.6, 0.04, 0.1);
    assertIs((w, l, h, s, n) -> exponential(w, l, h, s, n, 0.01, -1.2, 3), law.set(), -1, 1);
    assertIs((w, l, h, s, n) -> -exponential(w, l, h, s, n, 0.02, 0.7, -2), law.reset(), -1, 1);
  }

  private static double exponential(
      double w, double low, double high, double strength, double n, double dw, double a, double g) {
    double z = 2 * -0.5 * w / (high - low) + 0.1;
    double mean = dw * Math.max(1 - a * Math.exp(g * z), 0);
    return strength * (mean + 0.6 * (mean + 0.04 + 0.1 * Math.abs(w)) * n);
  }

  @Test
  void saturatingSteps() {
    // Labels 2.4 and −4.88 are A of 0.499181 and 0.200303 in NeuroSim's table, normalised to the
    // number of pulses.
    Saturating law = new Saturating(97, 80, 2.4, -4.88, 0.03);
    double sixDigits = 3e-6;
    assertIs(
        (w, l, h, s, n) -> saturating(w, l, h, s, n, 97 * 0.499181, 97),
        law.set(),
        0,
        1,
        sixDigits);
    assertIs(
        (w, l, h, s, n) -> saturating(w, l, h, -s, n, -80 * 0.200303, 80),
        law.reset(),
        0,
        1,
        sixDigits);
    Saturating straight = new Saturating(50, 40, 0, 0, 0);
    assertEquals(0.52, straight.set().next(0.5, 0, 1, 1, 0), 2e-5);
    assertEquals(0.475, straight.reset().next(0.5, 0, 1, 1, 0), 2e-5);
  }

  private static double saturating(
      double g, double low, double high, double pulses, double n, double a, double most) {
    double b = (high - low) / (1 - Math.exp(-most / a));
    double before = -a * Math.log(1 - (g - low) / b);
    double after = b * (1 - Math.exp(-(before + pulses) / a)) + low;
    return after - g + 0.03 * pulses * n * (high - low);
  }

  /// From the table of NeuroSim's source, which has the labels in steps of 0.01.
  @ParameterizedTest
  @CsvSource({
    "0.01, 126.268958", "0.04, 31.566827", "0.06, 21.044185", "0.5, 2.519877", "0.63, 1.997332",
    "1.46, 0.848677", "1.94, 0.629249", "2.4, 0.499181", "3.68, 0.300644", "4.88, 0.200303",
    "6.76, 0.100251", "9, 0.022810"
  })
  void labelsOfNonlinearityMeanWhatTheTableSays(double label, double a) {
    assertEquals(a, Saturating.Curve.labelled(label).a(), 1e-6 * (1 + a));
    assertEquals(-a, Saturating.Curve.labelled(-label).a(), 1e-6 * (1 + a));
    assertEquals(label, new Saturating.Curve(a).label(), 2e-4 * label);
  }

  @Test
  void measuredSteps() {
    Piecewise law =
        new Piecewise(
            List.of(-1.0, 0.0, 0.5, 1.0),
            List.of(0.04, 0.03, 0.02, 0.0),
            List.of(0.01, 0.02, 0.03, 0.05),
            List.of(0.004, 0.002, 0.001, 0.0),
            List.of(0.0, 0.01, 0.0, 0.02));
    double[][] set = {{-1, 0.04, 0.004}, {0, 0.03, 0.002}, {0.5, 0.02, 0.001}, {1, 0, 0}};
    double[][] reset = {{-1, 0.01, 0}, {0, 0.02, 0.01}, {0.5, 0.03, 0}, {1, 0.05, 0.02}};
    assertIs((w, l, h, s, n) -> s * measured(set, w, n), law.set(), -1.5, 1.5);
    assertIs((w, l, h, s, n) -> -s * measured(reset, w, n), law.reset(), -1.5, 1.5);
  }

  private static double measured(double[][] nodes, double level, double normal) {
    double held = Math.min(Math.max(level, -1), 1);
    int k = 0;
    while (k < nodes.length - 2 && held > nodes[k + 1][0]) {
      k++;
    }
    double way = (held - nodes[k][0]) / (nodes[k + 1][0] - nodes[k][0]);
    double mean = (1 - way) * nodes[k][1] + way * nodes[k + 1][1];
    double deviation = (1 - way) * nodes[k][2] + way * nodes[k + 1][2];
    return mean + deviation * normal;
  }

  @Test
  void vteamMovesTheResistance() {
    Vteam law = new Vteam(50, 1000, 200, 100, 0.2, 0.02, 3, 1, 0.1);
    assertIs((g, l, h, s, n) -> vteam(g, h, -s * 4.75, n), law.set(), 1e-3, 20e-3);
    assertIs((g, l, h, s, n) -> vteam(g, h, s * 9.5, n), law.reset(), 1e-3, 20e-3);
    WriteMode nominal = new WriteMode(0.22, 0.03, 1e-7, 1e-4);
    Switching unused = new Switching(0.5, 0.5);
    assertEquals(1, law.strength(true, 0.22, 1e-7, unused, nominal), 1e-12);
    assertEquals(8, law.strength(true, 0.24, 1e-7, unused, nominal), 1e-9);
    assertEquals(6, law.strength(false, 0.05, 2e-7, unused, nominal), 1e-9);
    assertEquals(0, law.strength(true, 0.2, 1, unused, nominal));
    assertEquals(0, law.strength(false, 0.01, 1, unused, nominal));
    WriteMode weak = new WriteMode(0.19, 0.03, 1e-7, 1e-4);
    assertRefused(() -> law.strength(true, 0.3, 1e-7, unused, weak), "0.19 V");
  }

  private static double vteam(double g, double high, double ohms, double normal) {
    double moved = 1 / g + ohms * (1 + 0.1 * normal);
    return (moved > 0 ? 1 / moved : high) - g;
  }

  @Test
  void figuresThatMakeNoSenseAreRefused() {
    assertRefused(() -> new SoftBounds(0, 1, 0, true), "setStep");
    assertRefused(() -> new LinearStep(1, 1, Double.NaN, 0, 0, true), "setSlope");
    assertRefused(() -> new ExponentialStep(1, 1, 1, 1, 1, 1, 1, 1, 0, -1, 0), "noiseFloor");
    assertRefused(() -> new Saturating(10, 10, 9.5, 0, 0), "setNonlinearity");
    assertRefused(() -> new Vteam(100, 50, 1, 1, 1, 1, 1, 1, 0), "offOhms - onOhms");
    List<Double> two = List.of(1.0, 2.0);
    assertRefused(() -> new Piecewise(two, two, List.of(1.0), two, two), "resetMeans");
    assertRefused(() -> new Piecewise(List.of(1.0, 1.0), two, two, two, two), "levels");
    assertRefused(() -> new Piecewise(two, List.of(1.0, -3.0), two, two, two), "setMeans");
  }

  private static void assertRefused(Runnable making, String figure) {
    String message = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(message.contains(figure), message);
  }
}
