package org.mortal.sim.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.TelegraphNoise;
import org.mortal.sim.effect.Traps.Flip;

/// Traps are two-state Markov processes in continuous time, the same however they are asked.
class TrapsTest {
  private static final Geometry GEOMETRY = new Geometry(8, 8, Sensing.SINGLE);
  private static final long SECOND = AgingArray.SECOND;

  private static Traps everyCell(double shortest, double longest) {
    return new Traps(new TelegraphNoise(1, 0.1, 0.5, shortest, longest), GEOMETRY, 5);
  }

  private static double[] dwells(Traps traps, List<Flip> flips, int trap, boolean captured) {
    List<Double> dwells = new ArrayList<>();
    long since = -1;
    for (Flip flip : flips) {
      if (flip.trap() == trap) {
        if (flip.captured() != captured && since >= 0) {
          dwells.add((flip.nanos() - since) * 1e-9);
        }
        since = flip.captured() == captured ? flip.nanos() : -1;
      }
    }
    return dwells.stream().mapToDouble(one -> one).toArray();
  }

  @Test
  void dwellsAreExponentialWithTheTrapsOwnMeans() {
    Traps traps = everyCell(1e-3, 1e-1);
    List<Flip> flips = traps.flips(0, 60 * SECOND);
    for (int trap = 0; trap < 16; trap++) {
      assertExponential(traps.emissionSeconds(trap), dwells(traps, flips, trap, true));
      assertExponential(traps.captureSeconds(trap), dwells(traps, flips, trap, false));
    }
  }

  private static void assertExponential(double mean, double[] dwells) {
    assertTrue(dwells.length > 200, "only " + dwells.length);
    double distance =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovStatistic(new ExponentialDistribution(mean), dwells);
    // Exceeded once in 10,000, for 32 samples.
    assertTrue(distance < 2.23 / Math.sqrt(dwells.length), distance + " of " + dwells.length);
    double found = Arrays.stream(dwells).average().orElseThrow();
    assertEquals(mean, found, 4 * mean / Math.sqrt(dwells.length));
  }

  @Test
  void trapsDifferAsStated() {
    Geometry large = new Geometry(256, 256, Sensing.SINGLE);
    Traps traps = new Traps(new TelegraphNoise(0.2, 0.01, 0.5, 1e-3, 10), large, 6);
    double expected = 0.2 * large.cells();
    assertEquals(expected, traps.count(), 4 * Math.sqrt(0.8 * expected));
    SummaryStatistics amplitudes = new SummaryStatistics();
    SummaryStatistics captures = new SummaryStatistics();
    for (int trap = 0; trap < traps.count(); trap++) {
      amplitudes.addValue(Math.log(traps.amplitude(trap)));
      captures.addValue(Math.log10(traps.captureSeconds(trap)));
      assertTrue(trap == 0 || traps.cell(trap) > traps.cell(trap - 1), "in order");
    }
    double n = traps.count();
    assertEquals(Math.log(0.01), amplitudes.getMean(), 4 * 0.5 / Math.sqrt(n));
    assertEquals(0.5, amplitudes.getStandardDeviation(), 4 * 0.5 / Math.sqrt(2 * n));
    assertEquals(-1, captures.getMean(), 4 * 4 / Math.sqrt(12 * n));
    assertEquals(4 / Math.sqrt(12), captures.getStandardDeviation(), 0.02);
    assertEquals(-3, captures.getMin(), 0.01);
    assertEquals(1, captures.getMax(), 0.01);
  }

  /// The plain twin: a trap that waits for one event after the other.
  private static boolean[] eventByEvent(double capture, double emission, double[] times) {
    Philox random = new Philox(9);
    boolean[] states = new boolean[times.length];
    boolean captured = random.nextDouble() < emission / (capture + emission);
    double next = 0;
    for (int i = 0; i < times.length; i++) {
      while (next <= times[i]) {
        captured = next == 0 ? captured : !captured;
        next -= (captured ? emission : capture) * Math.log(1 - random.nextDouble());
      }
      states[i] = captured;
    }
    return states;
  }

  @Test
  void occupancyAndMemoryAreThoseOfTheEventByEventTwin() {
    Traps traps = everyCell(1e-3, 1e-2);
    int samples = 100_000;
    for (int trap = 0; trap < 4; trap++) {
      double capture = traps.captureSeconds(trap);
      double emission = traps.emissionSeconds(trap);
      double rate = 1 / capture + 1 / emission;
      double lag = 0.5 / rate;
      double[] times = IntStream.range(0, samples).mapToDouble(i -> (i + 1) * lag).toArray();
      boolean[] fast = new boolean[samples];
      for (int i = 0; i < samples; i++) {
        fast[i] = traps.captured(trap, AgingArray.nanos(times[i]));
      }
      double occupancy = emission / (capture + emission);
      for (boolean[] states : new boolean[][] {fast, eventByEvent(capture, emission, times)}) {
        // Neighbours are related, so that there are about a quarter as many independent ones.
        double error = 2 * Math.sqrt(occupancy * (1 - occupancy) / samples);
        assertEquals(occupancy, mean(states), 4 * error);
        for (int step = 1; step <= 4; step++) {
          assertEquals(Math.exp(-0.5 * step), correlation(states, step), 0.03, "lag " + step);
        }
      }
    }
  }

  private static double mean(boolean[] states) {
    return IntStream.range(0, states.length)
        .mapToDouble(i -> states[i] ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double correlation(boolean[] states, int lag) {
    double mean = mean(states);
    double sum = 0;
    for (int i = lag; i < states.length; i++) {
      sum += ((states[i] ? 1 : 0) - mean) * ((states[i - lag] ? 1 : 0) - mean);
    }
    return sum / (states.length - lag) / (mean * (1 - mean));
  }

  @Test
  void theSpectrumIsLorentzian() {
    Traps traps = everyCell(1e-3, 1e-3);
    double rate = 2e3;
    double step = 2e-5;
    int samples = 1 << 14;
    double[] power = new double[samples / 2];
    FastFourierTransformer transformer = new FastFourierTransformer(DftNormalization.STANDARD);
    for (int trap = 0; trap < traps.count(); trap++) {
      double[] series = new double[samples];
      for (int i = 0; i < samples; i++) {
        series[i] = traps.captured(trap, AgingArray.nanos(i * step)) ? 0.5 : -0.5;
      }
      Complex[] lines = transformer.transform(series, TransformType.FORWARD);
      for (int k = 1; k < power.length; k++) {
        power[k] += 2 * step / samples * Math.pow(lines[k].abs(), 2) / traps.count();
      }
    }
    for (int low = 16; low <= 1024; low *= 2) {
      double found = 0;
      double expected = 0;
      for (int k = low; k < 2 * low; k++) {
        double omega = 2 * Math.PI * k / (samples * step);
        found += power[k];
        expected += 4 * 0.25 * rate / (rate * rate + omega * omega);
      }
      double error = 4 / Math.sqrt(low * traps.count()) + 0.05;
      assertEquals(1, found / expected, error, "from " + low / (samples * step) + " Hz");
    }
  }

  @Test
  void theSeriesIsTheSameHoweverItIsAsked() {
    Traps traps = everyCell(1e-4, 10);
    long from = 3 * SECOND + 17;
    long to = 4 * SECOND;
    List<Flip> whole = traps.flips(from, to);
    List<Flip> parts = new ArrayList<>();
    Philox random = new Philox(3);
    for (long at = from; at < to; ) {
      long next = Math.min(to, at + 1 + random.nextInt(50_000_000));
      parts.addAll(everyCell(1e-4, 10).flips(at, next));
      at = next;
    }
    assertEquals(whole, parts);
    assertTrue(whole.size() > 1000, "only " + whole.size());
    boolean[] captured = new boolean[traps.count()];
    for (int trap = 0; trap < captured.length; trap++) {
      captured[trap] = traps.captured(trap, from);
    }
    long before = from;
    for (Flip flip : whole) {
      assertTrue(flip.nanos() >= before && flip.nanos() > from && flip.nanos() <= to);
      assertTrue(captured[flip.trap()] != flip.captured(), "a flip changes something");
      assertEquals(captured[flip.trap()], traps.captured(flip.trap(), flip.nanos() - 1));
      captured[flip.trap()] = flip.captured();
      assertEquals(flip.captured(), traps.captured(flip.trap(), flip.nanos()));
      before = flip.nanos();
    }
    for (int trap = 0; trap < captured.length; trap++) {
      assertEquals(captured[trap], traps.captured(trap, to));
    }
  }

  @Test
  void aCapturedChargeTakesItsShare() {
    Traps traps = everyCell(1e-3, 1e-2);
    for (long nanos = 0; nanos < SECOND; nanos += SECOND / 50 + 1) {
      for (int row = 0; row < 8; row++) {
        float[] siemens = new float[64];
        Arrays.fill(siemens, 2e-5f);
        traps.conduct(row, nanos, siemens);
        for (int c = 0; c < 8; c++) {
          int trap = 8 * row + c;
          float share = traps.captured(trap, nanos) ? 1 - traps.amplitude(trap) : 1;
          assertEquals(2e-5f * share, siemens[c]);
        }
      }
    }
  }
}
