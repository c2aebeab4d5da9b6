package org.mortal.sim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.kernel.Batch;
import org.mortal.tile.Tile;

/// Tests as a lab would write them, for [ChipTestTest] to run; they find at fault whichever chips it says.
final class Samples {
  private static final String SMALL = "sim:hfox?seed=1..50&rows=8&columns=8";

  /// Ids of chips that are found at fault.
  static final List<String> BAD = new ArrayList<>();

  /// Ids of chips that the tests set aside.
  static final List<String> LEFT_OUT = new ArrayList<>();

  /// Chips in the order in which they were met.
  static final List<Chip> SEEN = new ArrayList<>();

  private Samples() {}

  static void allAreWell() {
    BAD.clear();
    LEFT_OUT.clear();
    SEEN.clear();
  }

  private static void judge(Chip chip) {
    SEEN.add(chip);
    assumeFalse(LEFT_OUT.contains(chip.id()), "left out");
    assertFalse(BAD.contains(chip.id()), "a bad\n  chip");
  }

  static class EachMustPass {
    @ChipTest(chips = "sim:hfox?seed=2..3,7&rows=8&columns=8")
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class Claim {
    @ChipTest(chips = SMALL, atLeast = 0.9)
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class AllParameters {
    private Chip before;

    @BeforeEach
    void keep(Chip chip, TestInfo info) {
      before = chip;
      assertTrue(info.getDisplayName().endsWith("rows=8&columns=8&arrays=3"));
    }

    @ChipTest(chips = "sim:hfox?seed=4&rows=8&columns=8&arrays=3", inputs = 20, outputs = 3)
    void theyBelongTogether(Crossbar array, Tile tile, Chip chip, TestInfo info) {
      assertSame(before, chip);
      assertSame(chip.arrays().getFirst(), array);
      assertEquals(8, array.geometry().rows());
      assertEquals(20, tile.inputs());
      Batch y = Batch.zeros(1, 3);
      tile.forward(Batch.zeros(1, 20), y);
      assertTrue(chip.telemetry().arrayReads() > 0, "the tile lies on the chip");
      SEEN.add(chip);
    }
  }

  static class SetUpFails {
    @BeforeEach
    void prepare(Chip chip) {
      assertNotNull(chip, "the verdict has none, and prepares none");
      judge(chip);
    }

    @AfterEach
    void tidyUp(Chip chip) {
      judge(chip);
    }

    @ChipTest(chips = SMALL, atLeast = 0.9)
    void well(Crossbar array) {
      assertNotNull(array);
    }
  }

  static class TooFewChips {
    @ChipTest(chips = SMALL, atLeast = 0.95)
    void well(Chip chip) {
      judge(chip);
    }
  }

  static class NoSize {
    @ChipTest(chips = "sim:hfox?seed=1&rows=8&columns=8")
    void sized(Tile tile) {
      assertNotNull(tile);
    }
  }

  static class NoSuchProfile {
    @ChipTest(chips = "sim:nope?seed=1..50", atLeast = 0.9)
    void well(Chip chip) {
      judge(chip);
    }
  }
}
