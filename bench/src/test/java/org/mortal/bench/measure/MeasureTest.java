package org.mortal.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mortal.bench.emulate.Firmware;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.board.CallComparison;
import org.mortal.kernel.Kernels;

@Timeout(30)
class MeasureTest {

  @Test
  void quantilesAreInterpolated() {
    double[] values = {4, 1, 3, 2};
    assertEquals(2.5, Quantiles.of(values, 0.5));
    assertEquals(1.75, Quantiles.of(values, 0.25));
    assertEquals(1, Quantiles.of(values, 0));
    assertEquals(4, Quantiles.of(values, 1));
    assertEquals(7, Quantiles.of(new double[] {7}, 0.75));
    assertEquals(4, values[0], "the values stay as they were");
  }

  @Test
  void slowerWorkIsSeenAsSlower() {
    double[][] seconds =
        new Rounds(9, Duration.ofMillis(5))
            .time(List.of(() -> spin(50_000), () -> spin(500_000)), () -> {});
    assertEquals(9, seconds[0].length);
    double fast = Quantiles.of(seconds[0], 0.5);
    double slow = Quantiles.of(seconds[1], 0.5);
    // A machine that is busy otherwise stretches both.
    assertTrue(fast >= 50e-6 && slow >= 500e-6 && slow > fast, fast + " and " + slow);
    assertThrows(IllegalArgumentException.class, () -> new Rounds(0, Duration.ZERO));
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void everyChipAndBatchHasARow() {
    Kernels kernels = Kernels.plain();
    AtomicInteger steps = new AtomicInteger();
    try (Chip hfox = Chips.open("sim:hfox?rows=8&columns=8", kernels);
        Chip ideal = Chips.open("sim:ideal?rows=8&columns=8", kernels)) {
      MvmBenchmark benchmark =
          new MvmBenchmark(kernels, 1, steps::incrementAndGet, new Rounds(3, Duration.ofMillis(1)));
      MvmBenchmark.Result result =
          benchmark.run(Map.of("hfox", hfox, "ideal", ideal), 12, List.of(4, 1));
      assertEquals(4, result.rows().size());
      assertEquals(2, result.library().size());
      assertEquals(12, steps.get());
      for (MvmBenchmark.Row row : result.rows()) {
        assertEquals(12, row.size());
        assertEquals(2.0 * row.batch() * 144 / (row.bareMillis() * 1e6), row.bareGflops(), 1e-6);
        assertEquals("plain Java loops", row.bare());
      }
    }
  }

  @Test
  void wiresAreMeasuredBesideReferencesAndProducts() {
    AtomicInteger steps = new AtomicInteger();
    WireBenchmark benchmark = new WireBenchmark(Kernels.plain(), 1, steps::incrementAndGet);
    WireBenchmark.Row row = benchmark.run(16, 4, 1, 3, 5, Duration.ofMillis(1));
    assertEquals(8, steps.get());
    assertEquals(16, row.size());
    assertTrue(row.referenceMillis() > 0 && row.firstMillis() > 0 && row.updateMicros() > 0);
    assertTrue(row.firstInReferences() > 0 && row.laterInBare() > 0, row.toString());
    assertTrue(row.firstInUpdates() > 0 && row.referenceInUpdates() > 0, row.toString());
    assertTrue(row.bytes() > 2 * 8 * 16 * 16, row.toString());
  }

  @Test
  void readsFromJavaAndFromCAreTimedTogether() {
    assumeTrue(Firmware.missing() == null, Firmware.missing());
    AtomicInteger steps = new AtomicInteger();
    try (CallComparison board = CallComparison.open(Firmware.library(), 16, 8, 1)) {
      List<FfmBenchmark.Row> rows =
          new FfmBenchmark(board, 1, steps::incrementAndGet, 5, 1_000_000).run(List.of(1, 3));
      assertEquals(10, steps.get());
      assertEquals(List.of(1, 3), rows.stream().map(FfmBenchmark.Row::vectors).toList());
      for (FfmBenchmark.Row row : rows) {
        assertTrue(row.javaNanos() > 0 && row.cNanos() > 0, row.toString());
        assertTrue(row.percentQ1() <= row.percentQ3(), row.toString());
      }
      assertTrue(board.chip().telemetry().arrayReads() > 5 * (1 + 3), "both did read");
    }
  }
}
