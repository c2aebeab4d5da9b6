package org.mortal.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.kernel.Batch;
import org.mortal.sim.SimChip;

/// Measuring, deciding, pulsing and sparing, whatever the method.
class ClosedLoopTest {
  private static final double TOLERANCE = 2e-6;

  /// Measures what it is told to.
  private record Scripted(float[][] measured, AtomicInteger next) implements Method {
    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public Verify verify(Crossbar crossbar, Recipe recipe) {
      return _ -> measured[Math.min(next.getAndIncrement(), measured.length - 1)];
    }

    @Override
    public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
      return new NominalPulses(crossbar.limits());
    }
  }

  private static Outcome loop(Chip chip, Method method, Batch targets, int budget) {
    Crossbar crossbar = chip.arrays().getFirst();
    int[] budgets = new int[crossbar.geometry().cells()];
    Arrays.fill(budgets, budget);
    Goal goal = new Goal(targets, TOLERANCE, budgets);
    return new ClosedLoop(chip, crossbar, method, Recipe.USUAL, goal, () -> false).run();
  }

  @Test
  void oneLuckyReadIsNotEnough() {
    try (Chip chip = Bench.open("sim:ideal?rows=1&columns=2")) {
      Batch targets = Batch.of(new float[][] {{20e-6f, 20e-6f}});
      float[] far = {16e-6f, 16e-6f};
      float[] lucky = {20e-6f, 16e-6f};
      float[] near = {20e-6f, 19e-6f};
      // Two to learn the noise from, the first of which begins.
      float[][] script = {far, far, lucky, far, near, near};
      Outcome outcome = loop(chip, new Scripted(script, new AtomicInteger()), targets, 1000);
      assertEquals(2, outcome.count(Fate.DONE));
      assertEquals(4, outcome.rounds());
      assertTrue(outcome.pulses()[0] > 0, "pulsed again after the lucky read");
    }
  }

  /// Stuck cells are those that the chip knows for stuck and that are not where they should be by chance.
  @ParameterizedTest
  @ValueSource(strings = {"step", "ispp", "vipi"})
  void stuckCellsAreFoundAndSpared(String method) {
    String address = "sim:hfox?seed=7&rows=48&columns=48";
    Trial.Result result =
        Bench.run(method, address, Bench.trial("uniform:0.2..0.8", 2e-6, Recipe.USUAL));
    boolean[][] stuck;
    try (Chip chip = Bench.open(address)) {
      stuck = ((SimChip) chip).truth(0).stuck();
    }
    Outcome outcome = result.programmed().first();
    int found = 0;
    int missed = 0;
    for (int i = 0; i < outcome.fates().length; i++) {
      boolean reported = outcome.fates()[i] == Fate.STUCK;
      boolean real = stuck[i / 48][i % 48];
      assertTrue(real || !reported, "cell " + i + " answers to pulses");
      found += real && reported ? 1 : 0;
      missed += real && outcome.fates()[i] != Fate.DONE && !reported ? 1 : 0;
      assertTrue(!reported || outcome.pulses()[i] < 100, outcome.pulses()[i] + " pulses");
    }
    assertTrue(found > 10 && missed <= 1, found + " found, " + missed + " missed");
  }

  @Test
  void noCellGetsMoreThanItsBudget() {
    Trial trial = Bench.trial("uniform:0.5..0.9", 2e-6, Recipe.USUAL);
    Method step = new StepPulses();
    Outcome some = Bench.run(step, "sim:ideal?rows=8&columns=8", trial, 40).programmed().first();
    assertEquals(64, some.count(Fate.SPARED));
    assertTrue(Arrays.stream(some.pulses()).allMatch(pulses -> pulses == 40));
    Outcome none = Bench.run(step, "sim:ideal?rows=8&columns=8", trial, 0).programmed().first();
    assertEquals(64, none.count(Fate.SPARED));
    assertEquals(0, Arrays.stream(none.pulses()).sum());
    assertFalse(none.healthy(0));
  }

  @Test
  void itStopsWhenItIsTold() {
    try (Chip chip = Bench.open("sim:hfox?seed=1&rows=8&columns=8")) {
      Trial trial = Bench.trial("uniform", 2e-6, Recipe.USUAL);
      AtomicInteger asked = new AtomicInteger();
      int[] budget = new int[64];
      Arrays.fill(budget, 1000);
      Trial.Result result =
          trial.run(new StepPulses(), "", chip, _ -> budget, () -> asked.incrementAndGet() > 2);
      assertTrue(result.interrupted());
      assertEquals(2, result.row().rounds());
    }
  }
}
