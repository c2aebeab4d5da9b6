package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final QuirkyTileBank bank =
      new QuirkyTileBank(Network.shapes(List.of(6, 4, 3, 2)), 2, 0, Fixture.KERNELS);
  private final Network network = Fixture.network(bank, 2);

  private void read(int size) {
    network.forward(Fixture.batch(size, 6, 2, 1));
  }

  private void pulse() {
    short[] counts = new short[24];
    Arrays.fill(counts, (short) -2);
    network.jitter(0, counts);
  }

  @Test
  void trainingAndEvaluationAreBookedApart() {
    read(50);
    pulse();
    long begun = System.nanoTime();
    Meter meter = new Meter(bank);
    assertEquals(0, meter.training().queries());
    read(10);
    pulse();
    meter.bookTraining();
    long left = System.nanoTime();
    read(3000);
    meter.bookEvaluation();
    read(4);
    long resumed = System.nanoTime();
    meter.bookEvaluation();
    pulse();
    read(20);
    meter.bookTraining();
    double seconds = (System.nanoTime() - begun - (resumed - left)) * 1e-9;
    // Two tiles to a pass.
    assertEquals(2 * 30, meter.training().queries());
    assertEquals(2 * 48, meter.training().pulses());
    assertEquals(2 * 3004, meter.evaluation().queries());
    assertEquals(0, meter.evaluation().pulses());
    assertTrue(meter.trainingSeconds() > 0 && meter.trainingSeconds() < seconds);
    meter.bookTraining();
    assertEquals(2 * 30, meter.training().queries(), "nothing is booked twice");
  }
}
