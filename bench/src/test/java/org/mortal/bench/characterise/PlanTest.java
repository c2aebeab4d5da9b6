package org.mortal.bench.characterise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;

/// What a dry run says is what the run then counts.
@Timeout(120)
class PlanTest {
  private static final double READ_SECONDS = 100e-9;

  /// Little of everything.
  private static final Wishes FEW =
      new Wishes(null, null, null, null, 1e-3, 7, 3, 5, 4, new double[] {0.5, 2});

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theDryRunIsWhatIsCounted(Kind kind) {
    // Columns of both halves of the pairs.
    counted(kind, "sim:hfox?rows=12&columns=16", new Region(3, 6, 4, 5));
    counted(kind, "sim:passive?rows=12&columns=16&noise=0", new Region(11, 0, 1, 3));
  }

  private void counted(Kind kind, String address, Region region) {
    try (Chip chip = Bench.open(address)) {
      Characteriser characteriser = Bench.of(chip, kind, region, FEW);
      PlanCost cost = characteriser.cost();
      Readings readings = new Bench(folder).run(characteriser);
      Telemetry counted = chip.telemetry();
      assertEquals(cost.vectors(), counted.arrayReads());
      assertEquals(cost.points(), readings.all().size() * (long) region.cells());
      if (cost.atMost()) {
        assertTrue(counted.pulses() <= cost.pulses());
      } else {
        assertEquals(cost.pulses(), counted.pulses());
        assertEquals(cost.cellWrites(), counted.cellWrites());
        double waited =
            characteriser.plan().steps().stream()
                .mapToDouble(step -> step instanceof Step.Wait wait ? wait.seconds() : 0)
                .sum();
        double pulsed = counted.busySeconds() - counted.arrayReads() * READ_SECONDS;
        if (address.contains("hfox")) {
          assertEquals(cost.seconds() - waited, pulsed, 1e-9);
        }
        double end = readings.all().getLast().seconds();
        assertEquals(waited + counted.busySeconds(), end, 1e-6 + pulsed);
      }
    }
  }

  @Test
  void whatIsBeyondLimitsIsRefusedBeforeAnythingHappens() {
    try (Chip chip = Bench.open("sim:hfox?rows=8&columns=8")) {
      refused(
          chip, Kind.PULSE, new Wishes(null, 9.0, null, null, null, null, null, null, null, null));
      refused(
          chip, Kind.PULSE, new Wishes(null, null, -1.0, null, null, null, null, null, null, null));
      refused(chip, Kind.IV, new Wishes(0.5, null, null, null, null, null, null, null, null, null));
      refused(
          chip,
          Kind.FORMING,
          new Wishes(null, null, null, 1.0, null, null, null, null, null, null));
      assertEquals(Telemetry.ZERO, chip.telemetry());
    }
  }

  private static void refused(Chip chip, Kind kind, Wishes wishes) {
    Region region = new Region(0, 0, 1, 1);
    ChipException refusal =
        assertThrows(ChipException.class, () -> Bench.of(chip, kind, region, wishes));
    assertTrue(refusal.getMessage().contains("limit"), refusal.getMessage());
  }

  @Test
  void regionsAreWhatTheySay() {
    Geometry geometry = new Geometry(8, 16, Sensing.SINGLE);
    assertEquals(Optional.of(new Region(3, 4, 1, 1)), Region.parse("3,4", geometry));
    assertEquals(Optional.of(new Region(0, 2, 8, 14)), Region.parse("0-7,2-15", geometry));
    assertEquals(Optional.of(new Region(0, 0, 8, 16)), Region.parse("all", geometry));
    assertEquals("0-7,2-15", new Region(0, 2, 8, 14).toString());
    for (String wrong : new String[] {"", "3", "8,0", "0,16", "3-2,0", "-1,0", "0,0,0", "a,b"}) {
      assertFalse(Region.parse(wrong, geometry).isPresent(), wrong);
    }
  }
}
