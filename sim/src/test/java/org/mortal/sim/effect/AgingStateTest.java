package org.mortal.sim.effect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.kernel.Philox;
import org.mortal.sim.Profiles;
import org.mortal.sim.device.Ambient;

/// The same seed gives the same bits: after save and restore, in any order, however often effects are asked; and effects
/// say in time when they will have changed.
class AgingStateTest {
  private static final Ambient SWING = new Ambient(300, 10, 3600);

  static Stream<String> presets() {
    return Profiles.names().stream()
        .filter(name ->
            Profiles.named(name).orElseThrow().cells().aging().addsNoise()
                || name.startsWith("hfox-")
                || name.equals("neurram")
                || name.equals("rram-milo"));
  }

  private static AgingArray array(String preset) {
    return new AgingArray(Profiles.named(preset).orElseThrow().cells(), 32, 24, SWING);
  }

  private static void live(AgingArray array, Philox random, double from) {
    double high = array.model.window().highLevel();
    for (int i = 0; i < 5; i++) {
      double level = high * random.nextDouble();
      array.pulse(1 + random.nextInt(500), (float) level, from + 10 * i, 1.3 + 0.1 * i);
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void whatIsRestoredGoesOnBitForBit(String preset) {
    AgingArray one = array(preset);
    live(one, new Philox(1), 0);
    one.siemens(1000);
    AgingArray two = array(preset);
    two.restore(one);
    assertArrayEquals(one.save(), two.save());
    assertArrayEquals(one.siemens(2000), two.siemens(2000));
    live(one, new Philox(2), 3000);
    live(two, new Philox(2), 3000);
    assertArrayEquals(one.siemens(5000), two.siemens(5000));
    assertArrayEquals(one.sigmas(5000), two.sigmas(5000));
    assertEquals(
        one.effects.nextChange(AgingArray.nanos(5000)),
        two.effects.nextChange(AgingArray.nanos(5000)));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void rowsAreTheSameInWhateverOrderAndHoweverOftenTheyAreAsked(String preset) {
    AgingArray often = array(preset);
    live(often, new Philox(1), 0);
    Philox random = new Philox(4);
    for (int i = 0; i < 100; i++) {
      often.row(random.nextInt(32), 100 + i);
    }
    float[][] backwards = new float[32][];
    for (int r = 31; r >= 0; r--) {
      backwards[r] = often.row(r, 300);
    }
    AgingArray once = array(preset);
    live(once, new Philox(1), 0);
    for (int r = 0; r < 32; r++) {
      assertArrayEquals(once.row(r, 300), backwards[r]);
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void effectsSayWhenTheyChange(String preset) {
    AgingArray array = array(preset);
    live(array, new Philox(1), 0);
    Philox random = new Philox(6);
    double full = array.model.window().maxSiemens();
    long now = AgingArray.nanos(41);
    boolean series = preset.equals("hfox-lab");
    for (int i = 0; i < 300; i++) {
      long next = array.effects.nextChange(now);
      assertTrue(next > now, "later");
      if (next == Long.MAX_VALUE) {
        return;
      }
      for (int k = 0; k < 20; k++) {
        long between = now + (long) (random.nextDouble() * (next - now));
        assertEquals(next, array.effects.nextChange(between), "the same until then");
      }
      // All that moves by itself, without jumps of series and traps.
      if (!series) {
        float[] before = array.row(3, now * 1e-9);
        float[] after = array.row(3, next * 1e-9);
        for (int c = 0; c < before.length; c++) {
          assertEquals(before[c], after[c], 5e-3 * full, "from " + now + " to " + next);
        }
      }
      now = next;
    }
  }

  /// A month of a chip that nobody writes takes few looks.
  @ParameterizedTest
  @MethodSource("presets")
  void slowEffectsAreSeldomLookedAt(String preset) {
    AgingArray array = array(preset);
    array.program(array.model.window().siemens(array.model.window().highLevel() / 2), 0);
    long month = AgingArray.nanos(30 * 86_400);
    int looks = 0;
    // Slow noise of hfox-lab asks for a look every 0.04 s, so a minute is enough of it.
    long end = preset.equals("hfox-lab") ? AgingArray.nanos(60) : month;
    for (long now = 0; now < end; looks++) {
      now = array.effects.nextChange(now);
    }
    assertTrue(looks < 3000, preset + ": " + looks);
  }

  /// What a model does not have takes no memory, and what it has about what it says.
  @ParameterizedTest
  @MethodSource("presets")
  void stateIsSmall(String preset) {
    Supplier<AgingArray> make = () -> array(preset);
    int perCell = make.get().save().length / (32 * 24);
    assertTrue(perCell <= 8 + 2 * 11 + 8, preset + ": " + perCell);
    assertEquals(0, array("hfox").save().length);
  }
}
