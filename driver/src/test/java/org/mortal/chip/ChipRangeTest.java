package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChipRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim:hfox                       | sim:hfox",
        "sim:hfox?seed=7&rows=4         | sim:hfox?seed=7&rows=4",
        "sim:hfox?seed=-1..1            | sim:hfox?seed=-1 sim:hfox?seed=0 sim:hfox?seed=1",
        "sim:hfox?rows=4&seed=3,1..2    | sim:hfox?rows=4&seed=3 sim:hfox?rows=4&seed=1"
            + " sim:hfox?rows=4&seed=2",
        "sim:hfox?seed=5,4..5&rows=4    | sim:hfox?seed=5&rows=4 sim:hfox?seed=4&rows=4",
        "serial:/dev/ttyACM0?baud=9600  | serial:/dev/ttyACM0?baud=9600"
      })
  void oneAddressStandsForSeveral(String text, String addresses) {
    assertEquals(List.of(addresses.split(" ")), ChipRange.expand(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2..1", "1..10001", "1..99999999999999999999"})
  void rangesGoUpAndEnd(String seeds) {
    ChipException e =
        assertThrows(ChipException.class, () -> ChipRange.expand("sim:hfox?seed=" + seeds));
    assertTrue(e.getMessage().contains("a range of seeds goes up"), e.getMessage());
  }

  @Test
  void whatIsNoSeedIsLeftToWhoeverOpensIt() {
    assertEquals(List.of("sim:hfox?seed=a..b"), ChipRange.expand("sim:hfox?seed=a..b"));
    assertEquals(
        List.of("sim:hfox?seed=1", "sim:hfox?seed="), ChipRange.expand("sim:hfox?seed=1,"));
  }
}
