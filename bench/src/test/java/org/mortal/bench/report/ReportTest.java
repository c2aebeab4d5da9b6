package org.mortal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void figuresHaveThreeDigitsAndAPrefix() {
    assertEquals("1.23 µS", Units.format(1.234e-6, "S"));
    assertEquals("4.5 mJ", Units.format(4.5e-3, "J"));
    assertEquals("12.3 k", Units.format(12_345));
    assertEquals("0 V", Units.format(-0.0, "V"));
    assertEquals("-900 mV", Units.format(-0.9, "V"));
    assertEquals("1 kV", Units.format(999.9, "V"));
    assertEquals("999 V", Units.format(999.4, "V"));
    assertEquals("100 V", Units.format(100, "V"));
    assertEquals("1 fJ", Units.format(1e-15, "J"));
    assertEquals("0.001 aJ", Units.format(1e-21, "J"));
    assertEquals("1000 EB", Units.format(1e21, "B"));
    assertEquals("no number s", Units.format(Double.NaN, "s"));
    assertEquals("∞ A", Units.format(Double.POSITIVE_INFINITY, "A"));
  }

  @Test
  void tablesAreAligned() {
    assertEquals(
        "chip   ms\nideal   1\nhfox   12\n",
        new TextTable("chip", "ms").add("ideal", "1").add("hfox", "12").toString());
    assertThrows(IllegalArgumentException.class, () -> new TextTable("a").add("1", "2"));
  }

  @Test
  void theBarComesOnlyWhenTheWorkIsLong() {
    String text = drawn(Duration.ZERO);
    assertTrue(text.contains("training") && text.contains("error 3 %"), text);
    assertEquals("", drawn(Duration.ofHours(1)));
    try (Progress silent = new Progress("none", 1, null, Duration.ZERO)) {
      silent.step();
    }
  }

  private static String drawn(Duration patience) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress progress = new Progress("training", 2, terminal, patience)) {
      progress.step();
      progress.message("error 3 %");
      progress.step();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
