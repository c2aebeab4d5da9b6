package org.mortal.sim.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Presets for inference follow their papers' laws: the figures here are typed from those, in microsiemens and seconds.
class PresetLawTest {
  private static final double CELLS = 64 * 64;

  private static double polynomial(double x, double... coefficients) {
    double sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * Math.pow(x, i);
    }
    return sum;
  }

  private static double[] micro(double[] siemens) {
    double[] micro = new double[siemens.length];
    for (int i = 0; i < micro.length; i++) {
      micro[i] = 1e6 * siemens[i];
    }
    return micro;
  }

  /// Within four standard errors.
  private static void assertNormal(double mean, double sigma, double[] values, String what) {
    SummaryStatistics found = AgingArray.statistics(values);
    double n = values.length;
    assertEquals(mean, found.getMean(), 4 * sigma / Math.sqrt(n), what + ", mean");
    assertEquals(sigma, found.getStandardDeviation(), 4 * sigma / Math.sqrt(2 * n), what);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 12.5, 20, 25})
  void pcmIsOffByItsProgrammingError(double target) {
    AgingArray array = AgingArray.preset("pcm");
    array.program(target * 1e-6, 3);
    double sigma = polynomial(target / 25, 0.26348, 1.9650, -1.1731);
    assertNormal(target, sigma, micro(array.siemens(23)), "at 20 s, " + target);
  }

  @ParameterizedTest
  @CsvSource({"25, 3600", "12.5, 86400", "5, 86400", "1, 2592000", "0.3, 31536000"})
  void pcmDriftsByAPowerOfTime(double target, double seconds) {
    AgingArray array = AgingArray.preset("pcm");
    array.program(target * 1e-6, 0);
    double[] before = array.siemens(20);
    double[] after = array.siemens(seconds);
    double lnX = Math.log(target / 25);
    double mu = Math.clamp(-0.0155 * lnX + 0.0244, 0.049, 0.1);
    double sigma = Math.clamp(-0.0125 * lnX - 0.0059, 0.008, 0.045);
    // The mean and the deviation of |N(mu, sigma)|.
    double mean =
        sigma * Math.sqrt(2 / Math.PI) * Math.exp(-mu * mu / (2 * sigma * sigma))
            + mu * Erf.erf(mu / (sigma * Math.sqrt(2)));
    double deviation = Math.sqrt(mu * mu + sigma * sigma - mean * mean);
    double[] exponents =
        IntStream.range(0, before.length)
            .filter(i -> before[i] > 0)
            .mapToDouble(i -> -Math.log(after[i] / before[i]) / Math.log(seconds / 20))
            .toArray();
    assertNormal(mean, deviation, exponents, "exponents at " + target);
  }

  @ParameterizedTest
  @CsvSource({"25, 1e-5", "25, 1", "10, 20", "5, 3600", "0.1, 86400"})
  void pcmReadsWithOneOverFNoise(double target, double seconds) {
    AgingArray array = AgingArray.preset("pcm");
    array.program(target * 1e-6, 7);
    double[] siemens = array.siemens(7 + seconds);
    double[] sigmas = array.sigmas(7 + seconds);
    double q = Math.min(0.0088 / Math.pow(target / 25, 0.65), 0.2);
    double spread = q * Math.sqrt(Math.log((seconds + 250e-9) / (2 * 250e-9)));
    for (int i = 0; i < siemens.length; i++) {
      assertEquals(spread * siemens[i], sigmas[i], 1e-5 * siemens[i], "cell " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {8, 12, 20, 30, 40})
  void neurramRelaxesAsWan(double target) {
    AgingArray array = AgingArray.preset("neurram");
    array.program(target * 1e-6, 11);
    double x = target / 40;
    double[] sigmas = {
      polynomial(x, 0.348, 16.030, -43.853, 45.393, -16.815),
      polynomial(x, 0.701, 22.086, -50.773, 47.095, -16.458),
      polynomial(x, 0.782, 20.274, -43.507, 37.062, -11.934)
    };
    double[] seconds = {1, 86_400, 172_800};
    for (int i = 0; i < 3; i++) {
      double[] found = micro(array.siemens(11 + seconds[i]));
      assertNormal(target, sigmas[i], found, target + " after " + seconds[i] + " s");
    }
    // Between the anchors, a straight line in the logarithm; after the last, no more.
    double[] middle = micro(array.siemens(11 + Math.sqrt(86_400)));
    assertNormal(target, (sigmas[0] + sigmas[1]) / 2, middle, "between");
    assertNormal(target, sigmas[2], micro(array.siemens(1e8)), "at last");
  }

  @ParameterizedTest
  @CsvSource({
    "reram-cmo, 0.00081107, 0.00106879, 30, 1",
    "reram-cmo, 0.00081107, 0.00106879, 80, 3600",
    "reram-cmo-loose, 0.0112185391, 0.01129027418, 30, 1",
    "reram-cmo-loose, 0.0112185391, 0.01129027418, 80, 2592000"
  })
  void cmoRelaxesWhateverItsConductance(
      String preset, double c0, double c1, double target, double seconds) {
    AgingArray array = AgingArray.preset(preset);
    array.program(target * 1e-6, 0);
    double programmed = c0 + c1 * target;
    double relaxed = 0.04201137 * Math.log(seconds) + 0.41183342;
    double mean = target - 0.08900206 * Math.log(seconds);
    double[] found = micro(array.siemens(seconds));
    assertNormal(mean, Math.hypot(programmed, relaxed), found, preset);
    double[] sigmas = micro(array.sigmas(seconds));
    double times = Math.sqrt(Math.log((seconds + 1e-6) / 2e-6));
    for (int i = 0; i < sigmas.length; i++) {
      assertEquals(0.0277316483 * Math.log10(found[i]) * times, sigmas[i], 1e-5, "read");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, 100, 225})
  void miloIsOffByItsProgrammingError(double target) {
    AgingArray array = AgingArray.preset("rram-milo");
    array.program(target * 1e-6, 0);
    assertNormal(target, -0.009107 * target + 4.782321, micro(array.siemens(1)), "at 1 s");
    assertNormal(target, -0.009107 * target + 4.782321, micro(array.siemens(1e6)), "later");
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 400, 1600})
  void sonosScattersAsItsCurrents(double nanoamperes) {
    double volts = 0.1;
    AgingArray array = AgingArray.preset("sonos");
    array.program(nanoamperes * 1e-9 / volts, 0);
    double day0 = 19.88665 * (1 - Math.exp(-nanoamperes / 176.3115));
    double day5 = 34.57909 * (1 - Math.exp(-nanoamperes / 207.34309));
    double read = 12.58037 * (1 - Math.exp(-nanoamperes / 215.36557));
    double perNano = 1e9 * volts;
    assertNormal(nanoamperes, day0, times(perNano, array.siemens(60)), "day 0");
    assertNormal(nanoamperes, day5, times(perNano, array.siemens(5 * 86_400)), "day 5");
    for (double sigma : array.sigmas(60)) {
      assertEquals(read, sigma * perNano, 1e-4 * read, "read");
    }
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }

  @Test
  void theErrorOfACellStaysUntilItIsWrittenAgain() {
    AgingArray array = AgingArray.preset("neurram");
    array.program(20e-6, 0);
    double[] soon = array.siemens(1);
    double[] late = array.siemens(172_800);
    assertEquals(1, correlation(soon, late), 1e-3);
    array.program(20e-6, 172_800);
    assertEquals(0, correlation(soon, array.siemens(172_801)), 4 / Math.sqrt(CELLS));
  }

  private static double correlation(double[] a, double[] b) {
    return new PearsonsCorrelation().correlation(a, b);
  }

  /// Each cell keeps exp(-t / τ) of what it held, τ log-normal with the published mean and a fifth of that as its deviation.
  @ParameterizedTest
  @CsvSource({
    "wox-volatile, 50e-3, 0.01",
    "wox-volatile, 50e-3, 0.05",
    "wox-volatile, 50e-3, 0.2",
    "tiox-volatile, 400e-6, 1e-4",
    "tiox-volatile, 400e-6, 1e-3"
  })
  void volatileCellsForget(String preset, double published, double seconds) {
    AgingArray array = AgingArray.preset(preset);
    array.program(81e-6, 1);
    double[] siemens = array.siemens(1 + seconds);
    SummaryStatistics logarithms = new SummaryStatistics();
    for (double cell : siemens) {
      double kept = (cell - 1e-6) / 80e-6;
      logarithms.addValue(Math.log(-seconds / Math.log(kept)));
    }
    double variance = Math.log1p(0.2 * 0.2);
    double mean = Math.log(published) - variance / 2;
    assertEquals(mean, logarithms.getMean(), 4 * Math.sqrt(variance / CELLS));
    assertEquals(variance, logarithms.getVariance(), 4 * variance * Math.sqrt(2 / CELLS));
  }
}
