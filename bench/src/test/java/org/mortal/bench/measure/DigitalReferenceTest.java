package org.mortal.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DigitalReferenceTest {

  @Test
  void figuresAreThoseOfTheirSources() {
    // 0.2 + 0.1 pJ, and an eighth of the 10 pJ of a 64-bit access.
    assertEquals(1.55e-12, DigitalReference.INT8_SRAM.joulesPerMac(), 1e-18);
    assertEquals(1.55e-12 * 512 * 512, DigitalReference.INT8_SRAM.joules(512 * 512), 1e-13);
    double[] expected = {0.3e-12, 1.55e-12, 9.6e-12, 162.8e-12, 192 / 137.5e12};
    for (int i = 0; i < expected.length; i++) {
      DigitalReference reference = DigitalReference.all().get(i);
      assertEquals(expected[i], reference.joulesPerMac(), 1e-6 * expected[i], reference.name());
      assertFalse(reference.source().isBlank());
    }
    assertTrue(DigitalReference.all().getLast().secondsPerMac() > 0);
  }
}
