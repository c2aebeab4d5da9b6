package org.mortal.sim.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WiresTest {

  @Test
  void segmentsFollowTheTemperature() {
    Wires wires = new Wires(2, 3, 100, 50, 0.005);
    assertEquals(new Wires(2, 3, 100, 50, 0), wires.at(300));
    assertEquals(new Wires(2.5, 3.75, 100, 50, 0), wires.at(350));
    assertEquals(Wires.uniform(1), Wires.uniform(1).at(77));
  }

  @Test
  void resistancesThatCannotBeAreRefused() {
    Exception negative = assertThrows(IllegalArgumentException.class, () -> Wires.uniform(-1));
    assertEquals("rowSegmentOhms must not be negative, not -1.0", negative.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new Wires(1, 1, 1, Double.POSITIVE_INFINITY, 0));
    assertThrows(IllegalArgumentException.class, () -> new Wires(1, 1, 1, 1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Wires(1, 1, 1, 1, 0.02).at(200));
  }
}
