package org.mortal.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;

/// What pulses a cell gets for what errors.
class PulsingTest {
  private static final String CHIP = "sim:neurram?seed=1&rows=4&columns=4";

  @Test
  void amplitudesRiseUntilTheTargetIsCrossed() {
    RisingPulses pulsing = new RisingPulses(new Ladder(1.2, 1, 0.1, 3.3, 1e-6), 2);
    for (int rung = 0; rung < 5; rung++) {
      assertEquals(new Shot(1, rung), pulsing.next(0, 5e-6, 1e-6));
    }
    assertEquals(new Shot(-1, 0), pulsing.next(0, -2e-6, 8e-6), "from the foot again");
    assertEquals(new Shot(-1, 1), pulsing.next(0, -2e-6, 8e-6));
    assertEquals(new Shot(1, 0), pulsing.next(1, 2e-6, 8e-6), "cells do not share a ladder");
    PulseTrain train = pulsing.train(new short[2], 3);
    assertEquals(1.5, train.setVolts(), 1e-12);
    assertEquals(1.3, train.resetVolts(), 1e-12);
    assertEquals(3.3, pulsing.train(new short[2], 40).setVolts(), "never above the highest");
  }

  @Test
  void aCellIsGivenUpAtTheTopOrAfterTooManyTurns() {
    RisingPulses pulsing = new RisingPulses(new Ladder(1.2, 1.2, 0.1, 3.3, 1e-6), 2);
    int pulses = 0;
    while (pulsing.next(0, 5e-6, 1e-6).count() != 0) {
      pulses++;
    }
    assertEquals(21 + 30, pulses, "up the ladder, then 30 at the top");
    int turns = 0;
    while (pulsing.next(1, turns % 2 == 0 ? 1e-6 : -1e-6, 1e-6).count() != 0) {
      turns++;
    }
    assertEquals(20, turns);
  }

  @Test
  void theControllerRaisesAmplitudesWhileNothingMovesAndLowersThemNearTheTarget() {
    try (Chip chip = Bench.open(CHIP)) {
      Crossbar crossbar = chip.arrays().getFirst();
      Pulsing pulsing = new ProportionalIntegral().pulsing(crossbar, Recipe.USUAL);
      int first = pulsing.next(0, 20e-6, 1e-6).rung();
      int second = pulsing.next(0, 20e-6, 1e-6).rung();
      int third = pulsing.next(0, 20e-6, 1e-6).rung();
      int near = pulsing.next(0, 5e-6, 16e-6).rung();
      assertTrue(first == 0 && second > first && third > second, first + " " + second);
      assertTrue(near < third, near + " after " + third);
      assertEquals(new Shot(-1, 0), pulsing.next(0, -2e-6, 23e-6));
    }
  }
}
