package org.mortal.sim.effect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.PlainNormals;
import org.mortal.sim.device.Flicker;
import org.mortal.sim.device.PowerSpread;
import org.mortal.sim.device.Window;

/// Slow noise is a sum of Gaussian series with the right memory, and together they make 1/f.
class FlickerTest {
  private static final Geometry GEOMETRY = new Geometry(1, 32, Sensing.SINGLE);
  private static final double SIGMA = 1e-3;

  private static Wandering wandering(double seconds) {
    return new Wandering(seconds, new Geometry(64, 64, Sensing.SINGLE), 3, new PlainNormals());
  }

  private static double[] values(Wandering wandering, long nanos) {
    double[] all = new double[64 * 64];
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        all[64 * r + c] = wandering.values(r, nanos)[c];
      }
    }
    return all;
  }

  @Test
  void aWanderingIsGaussianWithAnExponentialMemory() {
    Wandering wandering = wandering(8e-9);
    int n = 64 * 64;
    // Ticks are nanoseconds; 128 of them make a span, so that these lags lie within and across.
    for (long from : new long[] {0, 5, 100, 127, 1_000_003}) {
      double[] before = values(wandering, from);
      SummaryStatistics found = AgingArray.statistics(before);
      assertEquals(0, found.getMean(), 4 / Math.sqrt(n));
      assertEquals(1, found.getStandardDeviation(), 4 / Math.sqrt(2 * n));
      double distance =
          new KolmogorovSmirnovTest()
              .kolmogorovSmirnovStatistic(new NormalDistribution(0, 1), before);
      assertTrue(distance < 2 / Math.sqrt(n), "distance " + distance);
      for (int lag : new int[] {1, 2, 3, 7, 8, 16, 40, 300}) {
        double memory = Math.exp(-lag / 8.0);
        double correlation =
            new PearsonsCorrelation().correlation(before, values(wandering, from + lag));
        double error = (1 - memory * memory) / Math.sqrt(n);
        assertEquals(memory, correlation, 4 * error, from + " + " + lag);
      }
    }
  }

  /// Markov: what comes depends on the past only through the present.
  @Test
  void aWanderingForgetsHowItCame() {
    Wandering wandering = wandering(8e-9);
    for (long at : new long[] {20, 64, 126, 128, 130}) {
      double[] past = values(wandering, at - 4);
      double[] now = values(wandering, at);
      double[] next = values(wandering, at + 4);
      PearsonsCorrelation correlations = new PearsonsCorrelation();
      double a = correlations.correlation(past, now);
      double b = correlations.correlation(now, next);
      double partial =
          (correlations.correlation(past, next) - a * b) / Math.sqrt((1 - a * a) * (1 - b * b));
      assertEquals(0, partial, 4.0 / 64, "at tick " + at);
    }
  }

  @Test
  void aWanderingIsTheSameInWhateverOrderItIsAsked() {
    Wandering forth = wandering(1e-3);
    Wandering back = wandering(1e-3);
    int steps = 300;
    float[][] values = new float[steps][];
    for (int i = 0; i < steps; i++) {
      values[i] = forth.values(7, i * 77_777L).clone();
    }
    for (int i = steps - 1; i >= 0; i--) {
      back.values(8, i * 1_000L);
      assertArrayEquals(values[i], back.values(7, i * 77_777L));
    }
  }

  @Test
  void ticksBeginWhereValuesChange() {
    Wandering wandering = wandering(1e-3);
    long next = wandering.nextTick(12_345_678);
    assertEquals(125_000, next - 12_345_678 + 12_345_678 % 125_000);
    float[] before = wandering.values(0, 12_345_678).clone();
    assertArrayEquals(before, wandering.values(0, next - 1).clone());
    assertTrue(!Arrays.equals(before, wandering.values(0, next)));
  }

  private static FlickeringCells cells(double shortest, double longest) {
    Flicker flicker = new Flicker(new PowerSpread(SIGMA, 0, 1, 1e-5), 1e-6, shortest, longest);
    Window window = new Window(0, 1e-5, 0, 1e-5);
    WriteTimes times = new WriteTimes(GEOMETRY);
    return new FlickeringCells(flicker, window, GEOMETRY, times, 4, new PlainNormals());
  }

  /// One-sided spectrum of the relative conductance, the mean of all cells.
  private static double[] spectrum(FlickeringCells cells, double step, int samples) {
    double[][] series = new double[32][samples];
    float[] written = new float[32];
    Arrays.fill(written, 1e-5f);
    for (int i = 0; i < samples; i++) {
      float[] siemens = written.clone();
      cells.conduct(0, Math.round(i * step * 1e9), written, siemens);
      for (int c = 0; c < 32; c++) {
        series[c][i] = siemens[c] / 1e-5f - 1;
      }
    }
    double[] power = new double[samples / 2];
    FastFourierTransformer transformer = new FastFourierTransformer(DftNormalization.STANDARD);
    for (double[] one : series) {
      // Hann's window, or the slowest wanderings would leak into all lines.
      for (int i = 0; i < samples; i++) {
        one[i] *= 1 - Math.cos(2 * Math.PI * i / samples);
      }
      Complex[] lines = transformer.transform(one, TransformType.FORWARD);
      for (int k = 0; k < power.length; k++) {
        power[k] += 2 * step / (1.5 * samples) * Math.pow(lines[k].abs(), 2) / 32;
      }
    }
    return power;
  }

  @Test
  void theSpectrumIsOneOverF() {
    double step = 1e-3;
    int samples = 1 << 16;
    double[] power = spectrum(cells(1e-3, 1e4), step, samples);
    double line = 1 / (samples * step);
    for (double low = 0.05; low < 50; low *= 2) {
      double sum = 0;
      double law = 0;
      int lines = 0;
      for (int k = (int) Math.ceil(low / line); k * line < 2 * low; k++) {
        double frequency = k * line;
        sum += power[k];
        // Time constants end at the shortest, and so does 1/f at a sixth of its inverse.
        double end = 1 - 2 / Math.PI * Math.atan(2 * Math.PI * frequency * 1e-3);
        law += end * SIGMA * SIGMA / frequency;
        lines++;
      }
      double error = 0.06 + 4 / Math.sqrt(32.0 * lines / 1.9);
      assertEquals(1, sum / law, error, "at %.4g Hz".formatted(low));
    }
  }

  /// Seen once a second, what is faster folds back: so the law is the one of sampled wanderings.
  @Test
  void slowPartsAreThereToo() {
    double step = 1;
    int samples = 1 << 12;
    double[] expected = new double[samples / 2];
    FlickeringCells cells = cells(1e-3, 1e4);
    double[] found = spectrum(cells, step, samples);
    for (int k = 1; k < expected.length; k++) {
      // Each wandering, sampled: the spectrum of an autoregressive series.
      for (int i = 0; i < 7; i++) {
        double tau = 1e-3 * Math.pow(10, i + 0.5);
        double memory = Math.exp(-step / tau);
        double variance = SIGMA * SIGMA * Math.log(10);
        double cosine = Math.cos(2 * Math.PI * k / samples);
        expected[k] +=
            2
                * step
                * variance
                * (1 - memory * memory)
                / (1 - 2 * memory * cosine + memory * memory);
      }
    }
    for (int low = 4; low < 2048; low *= 2) {
      double sum = 0;
      double law = 0;
      for (int k = low; k < Math.min(2 * low, expected.length); k++) {
        sum += found[k];
        law += expected[k];
      }
      assertEquals(1, sum / law, 0.03 + 4 / Math.sqrt(32.0 * low / 1.9), "from line " + low);
    }
  }

  /// White and slow noise together have the variance of the published form, read for as long as the slowest part.
  @Test
  void thePartsAddUp() {
    Flicker series = new Flicker(new PowerSpread(SIGMA, 0, 1, 1e-5), 1e-6, 1e-3, 1e4);
    Flicker published = new Flicker(new PowerSpread(SIGMA, 0, 1, 1e-5), 1e-6, 1, 1);
    double slow = Math.log(1e4 / 1e-3);
    double all = published.whiteVariance(2 * Math.PI * 1e4);
    assertEquals(all, series.whiteVariance(0) + slow, 1e-6 * all);
    assertEquals(0, published.whiteVariance(0));
  }
}
