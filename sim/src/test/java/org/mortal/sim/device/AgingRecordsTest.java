package org.mortal.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.sim.ProfileException;
import org.mortal.sim.ProfileFile;

/// What profiles say of aging is checked, and what is wrong is named with its place.
class AgingRecordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drift.startSeconds=0 | cells.aging.drift: startSeconds must be positive, not 0.0",
        "drift.mean.most=-1 | cells.aging.drift.mean: most must not be negative, not -1.0",
        "drift.means=1 | unknown key 'cells.aging.drift.means'",
        "retention.stretch=1.5 | cells.aging.retention: stretch must lie from 0 to 1, not 1.5",
        "flicker.longestSeconds=0.01 | cells.aging.flicker: time constants must follow one another",
        "flicker.sigma.law='pink' | cells.aging.flicker.sigma",
        "telegraph.shortestSeconds=1e-9 | cells.aging.telegraph: time constants must be at least",
        "telegraph.fraction=2 | cells.aging.telegraph: fraction must lie from 0 to 1, not 2.0",
        "endurance.lossPerDecade=-0.1 | cells.aging.endurance: lossPerDecade must lie from 0 to 1",
        "relaxation.anchors=[] | cells.aging.relaxation: relaxation needs at least one anchor",
        "relaxation.firstSeconds=5 | anchors must follow one another and firstSeconds: 1.00000 s comes",
      })
  void mistakesAreNamed(String change, String expected) {
    String toml = "extends = \"hfox-lab\"\ncells.aging.%s\n".formatted(change.strip());
    ProfileException refusal =
        assertThrows(ProfileException.class, () -> ProfileFile.parse(toml, "mine.toml"));
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  @Test
  void aPolynomialIsHeldWithinItsRangeAndAboveZero() {
    PolynomialSpread spread = new PolynomialSpread(List.of(1e-6, -3e-6, 1e-6), 10e-6);
    assertEquals(1e-6, spread.sigma(-5e-6, 0), 1e-18);
    assertEquals(1e-6 - 0.3e-6 + 0.01e-6, spread.sigma(1e-6, 0), 1e-18);
    assertEquals(0, spread.sigma(10e-6, 0));
    assertEquals(0, spread.sigma(30e-6, 0));
  }

  @Test
  void relaxationIsStraightInTheLogarithmOfTime() {
    PolynomialSpread one = new PolynomialSpread(List.of(1e-6), 1);
    PolynomialSpread three = new PolynomialSpread(List.of(3e-6), 1);
    Relaxation relaxation =
        new Relaxation(
            0.01,
            List.of(new Relaxation.Anchor(1, 0, one), new Relaxation.Anchor(10_000, -2e-6, three)));
    double[] seconds = {0, 0.01, 0.1, 1, 100, 10_000, 1e9};
    double[] offsets = {0, 0, 0.5e-6, 1e-6, 1e-6, 1e-6, 1e-6};
    double[] opposite = {0, 0, -0.5e-6, -1e-6, -3e-6, -5e-6, -5e-6};
    for (int i = 0; i < seconds.length; i++) {
      double place = relaxation.place(seconds[i]);
      assertEquals(offsets[i], relaxation.offset(0, place, 1), 1e-15, seconds[i] + " s");
      assertEquals(opposite[i], relaxation.offset(0, place, -1), 1e-15, seconds[i] + " s");
    }
  }
}
