package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mortal.chip.Refusals.assertIllegal;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;

/// Shapes, limits, pulses and requests that cannot be are refused where they are made.
class LimitsTest {
  private static final double NAN = Double.NaN;
  private static final Geometry SMALL = new Geometry(3, 4, Sensing.DIFFERENTIAL);
  private static final WriteMode WRITE = ExactChip.LIMITS.write();

  @Test
  void cellsAreCountedRowByRow() {
    assertEquals(12, SMALL.cells());
    assertEquals(2, SMALL.outputs());
    assertEquals(4, new Geometry(3, 4, Sensing.SINGLE).outputs());
    for (int i = 0; i < SMALL.cells(); i++) {
      assertEquals(i, SMALL.index(SMALL.cell(i)));
    }
    assertEquals(new Cell(1, 2), SMALL.cell(6));
    assertEquals("row 1, column 2", SMALL.cell(6).toString());
  }

  @Test
  void refusesCellsOutside() {
    assertRefused(() -> SMALL.index(new Cell(3, 0)), "row of 3", "limit 2", "row 3, column 0");
    assertRefused(() -> SMALL.index(new Cell(-1, 2)), "row of -1", "limit 0", "row -1");
    assertRefused(() -> SMALL.index(new Cell(0, 4)), "column of 4", "limit 3", "column 4");
    assertRefused(() -> SMALL.index(new Cell(2, -5)), "column of -5", "limit 0", "column -5");
  }

  @Test
  void refusesArraysThatCannotBe() {
    for (int bad : new int[] {0, -1, 1025}) {
      assertIllegal(() -> new Geometry(bad, 4, Sensing.SINGLE), "1 to 1024", bad);
      assertIllegal(() -> new Geometry(4, bad, Sensing.SINGLE), "1 to 1024", bad);
    }
    assertIllegal(() -> new Geometry(4, 5, Sensing.DIFFERENTIAL), "even", 5);
    assertEquals(256 * 255, new Geometry(256, 255, Sensing.SINGLE).cells());
  }

  @Test
  void refusesLimitsThatAreNotPositive() {
    for (double bad : new double[] {0, -1, NAN}) {
      assertLimits(volts -> new Limits(volts, 1, 1, 1, 0, 1, 0, 1, WRITE), bad);
      assertLimits(volts -> new Limits(1, volts, 1, 1, 0, 1, 0, 1, WRITE), bad);
      assertLimits(seconds -> new Limits(1, 1, seconds, 1, 0, 1, 0, 1, WRITE), bad);
      assertLimits(amps -> new Limits(1, 1, 1, 1, 0, 1, 0, amps, WRITE), bad);
      assertLimits(siemens -> new Limits(1, 1, 1, 1, 0, siemens, 0, 1, WRITE), bad);
    }
    for (double bad : new double[] {-1, NAN}) {
      assertLimits(siemens -> new Limits(1, 1, 1, 1, siemens, 1, 0, 1, WRITE), bad);
      assertLimits(amps -> new Limits(1, 1, 1, 1, 0, 1, amps, 1, WRITE), bad);
    }
    IntFunction<Limits> pulses = count -> new Limits(1, 1, 1, count, 0, 1, 0, 1, WRITE);
    assertIllegal(() -> pulses.apply(0));
    assertEquals(1, pulses.apply(1).maxPulses());
    assertIllegal(() -> new Limits(1, 1, 1, 1, 2, 2, 0, 1, WRITE), "window");
  }

  private static void assertLimits(DoubleFunction<Limits> make, double bad) {
    assertIllegal(() -> make.apply(bad), "limits");
    assertDoesNotThrow(() -> make.apply(0.5));
  }

  @Test
  void refusesPulsesThatCannotBe() {
    for (double bad : new double[] {0, -1, NAN}) {
      assertIllegal(() -> new WriteMode(bad, 1, 1, 1), "positive");
      assertIllegal(() -> new WriteMode(1, bad, 1, 1), "positive");
      assertIllegal(() -> new WriteMode(1, 1, bad, 1), "positive");
      assertIllegal(() -> new WriteMode(1, 1, 1, bad), "positive");
    }
  }

  @Test
  void acceptsATrainAtItsLimits() {
    short[] counts = new short[SMALL.cells()];
    counts[0] = (short) ExactChip.LIMITS.maxPulses();
    counts[1] = (short) -ExactChip.LIMITS.maxPulses();
    ExactChip chip = new ExactChip(3, 4, Sensing.DIFFERENTIAL, 1);
    chip.array(0).pulse(new PulseTrain(counts, 1.8, 1.8, 10e-6));
    assertEquals(2L * ExactChip.LIMITS.maxPulses(), chip.telemetry().pulses());
  }

  @Test
  void gatesAreSetOnlyWhereTheyCanBe() {
    PulseTrain train = PulseTrain.nominal(new short[SMALL.cells()], WRITE);
    assertRefused(
        () -> ExactChip.LIMITS.check(SMALL, train.withGate(1)), "gate voltage of 1 V", "limit 0 V");
    Limits gated = ExactChip.gated(new Gate(0.6, 50e-6, 2));
    gated.check(SMALL, train);
    gated.check(SMALL, train.withGate(2));
    assertRefused(() -> gated.check(SMALL, train.withGate(2.1)), "gate voltage", "limit 2 V");
    assertRefused(() -> gated.check(SMALL, train.withGate(-1)), "gate voltage");
    assertRefused(() -> gated.check(SMALL, train.withGate(NAN)), "gate voltage");
  }

  @Test
  void aGateIsAStraightLineAboveItsThreshold() {
    Gate gate = new Gate(0.6, 50e-6, 2);
    assertEquals(0, gate.siemens(0.5));
    assertEquals(20e-6, gate.siemens(1), 1e-15);
    assertEquals(1, gate.volts(20e-6), 1e-12);
    assertIllegal(() -> new Gate(-0.1, 1, 2), "gate");
    assertIllegal(() -> new Gate(0.6, 0, 2), "gate");
    assertIllegal(() -> new Gate(0.6, 1, 0.6), "gate");
  }

  @Test
  void aSinglePulseGoesToItsCell() {
    PulseTrain train = PulseTrain.single(SMALL, new Cell(1, 2), -5, WRITE);
    short[] expected = new short[12];
    expected[6] = -5;
    assertArrayEquals(expected, train.counts());
    assertEquals(WRITE.setVolts(), train.setVolts());
    assertEquals(WRITE.resetVolts(), train.resetVolts());
    assertEquals(WRITE.seconds(), train.seconds());
    assertRefused(() -> PulseTrain.single(SMALL, new Cell(3, 0), 1, WRITE), "row 3");
  }

  @Test
  void aCountTooLargeForATrainIsNotCutOff() {
    Cell cell = new Cell(1, 2);
    for (int count : new int[] {65_537, -65_537, 40_000}) {
      assertRefused(() -> PulseTrain.single(SMALL, cell, count, WRITE), count, "row 1, column 2");
    }
  }

  @Test
  void refusesRequestsThatCannotBe() {
    Batch targets = Batch.zeros(3, 4);
    for (double bad : new double[] {0, -1, NAN}) {
      assertIllegal(() -> new ProgramRequest(targets, bad, 1, 1), "tolerance");
    }
    assertIllegal(() -> new ProgramRequest(targets, 1, 0, 1), "passes");
    assertIllegal(() -> new ProgramRequest(targets, 1, 1, 0), "reads");
    ProgramRequest request = new ProgramRequest(targets, 1, 1, 1);
    Geometry other = new Geometry(4, 4, Sensing.SINGLE);
    assertIllegal(() -> request.check(other, ExactChip.LIMITS), "4 x 4");
  }

  @Test
  void telemetrySubtracts() {
    Telemetry early = new Telemetry(1, 2, 3, 4, 5);
    Telemetry late = new Telemetry(10, 20, 30, 40, 50);
    assertEquals(new Telemetry(9, 18, 27, 36, 45), late.since(early));
    assertEquals(Telemetry.ZERO, late.since(late));
  }

  @Test
  void onlyDifferentialArraysHaveHalves() {
    Read read = new Read(Batch.zeros(1, 3), 1, null, Read.Sense.MINUS);
    read.checkShapes(SMALL, Batch.zeros(1, 2));
    Geometry single = new Geometry(3, 4, Sensing.SINGLE);
    assertThrows(IllegalArgumentException.class, () -> read.checkShapes(single, Batch.zeros(1, 2)));
  }
}
