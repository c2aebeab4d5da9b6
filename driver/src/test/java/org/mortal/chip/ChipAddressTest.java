package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.kernel.Kernels;

/// Addresses are taken apart as written; a bad one is refused with what is wrong and what would be
/// right.
class ChipAddressTest {
  @Test
  void takesAnAddressApart() {
    ChipAddress address = ChipAddress.parse("sim:hfox?seed=-7&rows=12");
    assertEquals("sim:hfox?seed=-7&rows=12", address.text());
    assertEquals("sim", address.scheme());
    assertEquals("hfox", address.name());
    assertEquals(-7, address.number("seed", 1, -100, 100));
    assertEquals(12, address.number("rows", 1, 1, 256));
    assertEquals(5, address.number("columns", 5, 1, 256));
  }

  @Test
  void keepsTheOrderOfParameters() {
    ChipAddress address = ChipAddress.parse("a:b?zeta=1&alpha=2&mid=3&beta=4&last=5");
    assertEquals(
        List.of("zeta", "alpha", "mid", "beta", "last"),
        List.copyOf(address.parameters().keySet()));
  }

  @Test
  void nameAndParametersMayBeMissing() {
    ChipAddress address = ChipAddress.parse("serial:");
    assertEquals("", address.name());
    assertTrue(address.parameters().isEmpty());
    assertEquals("/dev/tty:1", ChipAddress.parse("serial:/dev/tty:1").name());
    assertEquals("c=d", ChipAddress.parse("a:?b=c=d").parameters().get("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sim", ":hfox", "hfox?seed=1"})
  void needsAScheme(String text) {
    ChipException refusal =
        assertRefused(() -> ChipAddress.parse(text), "'" + text + "'", "scheme:name");
    assertInstanceOf(Fault.BadAddress.class, refusal.fault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "?seed", "?seed=", "?=1", "?seed=1&", "?seed=1&&rows=2", "?&seed=1"})
  void needsKeysWithValues(String end) {
    assertRefused(() -> ChipAddress.parse("sim:hfox" + end), "sim:hfox" + end, "key=value");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertRefused(() -> ChipAddress.parse("sim:hfox?seed=1&seed=1"), "'seed' is given twice");
  }

  @Test
  void refusesUnknownKeysAndNamesTheKnown() {
    ChipAddress address = ChipAddress.parse("sim:hfox?sede=1");
    assertRefused(() -> address.allow(Set.of("seed", "rows")), "'sede'", "known are rows, seed");
    address.allow(Set.of("sede"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "0", "257", "99999999999999999999", "0x10", " 1"})
  void refusesNumbersOutsideTheirRange(String value) {
    ChipAddress address = ChipAddress.parse("sim:hfox?rows=" + value);
    assertRefused(() -> address.number("rows", 1, 1, 256), "rows", "1 to 256", "'" + value + "'");
  }

  @Test
  void endsOfARangeAreInside() {
    assertEquals(1, ChipAddress.parse("a:b?k=1").number("k", 9, 1, 3));
    assertEquals(3, ChipAddress.parse("a:b?k=3").number("k", 9, 1, 3));
  }

  @Test
  void refusesUnknownSchemes() {
    assertRefused(() -> Chips.open("nosuch:chip?seed=1", Kernels.plain()), "'nosuch'", "known are");
    assertRefused(() -> Chips.open("nosuch", Kernels.plain()), "scheme:name");
  }
}
