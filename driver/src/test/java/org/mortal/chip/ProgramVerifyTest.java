package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Philox;

/// Closed-loop programming on exact cells: measurements are true, targets are met, failures are
/// said.
class ProgramVerifyTest {
  private static final double STEP = ExactChip.LIMITS.write().stepSiemens();

  private static ExactCrossbar crossbar(Sensing sensing) {
    return new ExactChip(9, 14, sensing, 1).array(0);
  }

  private static Batch siemens(ExactCrossbar crossbar) {
    Batch siemens = Batch.zeros(9, 14);
    for (int r = 0; r < 9; r++) {
      for (int c = 0; c < 14; c++) {
        siemens.set(r, c, (float) crossbar.siemens(r, c));
      }
    }
    return siemens;
  }

  private static Batch targets() {
    return Batches.uniform(3, 9, 14, 1e-6, 101e-6);
  }

  @ParameterizedTest
  @EnumSource
  void measuresEveryCell(Sensing sensing) {
    ExactCrossbar crossbar = crossbar(sensing);
    short[] counts = new short[9 * 14];
    Philox random = new Philox(5);
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(250);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    crossbar.offset(-7e-6);
    for (int repeats : new int[] {1, 5}) {
      Batch measured = new ProgramVerify(crossbar).measure(repeats);
      Batches.assertClose(siemens(crossbar), measured, 1e-10, repeats + " reads");
    }
  }

  @ParameterizedTest
  @EnumSource
  void bringsEveryCellToItsTarget(Sensing sensing) {
    ExactCrossbar crossbar = crossbar(sensing);
    crossbar.offset(2e-6);
    double tolerance = 0.6 * STEP;
    ProgramResult result = crossbar.program(new ProgramRequest(targets(), tolerance, 20, 1));
    assertEquals(1, result.successRate());
    Batches.assertClose(targets(), siemens(crossbar), 1.01 * tolerance, "cells");
    Batches.assertClose(siemens(crossbar), result.measuredSiemens(), 1e-10, "said");
  }

  @Test
  void goesDownAsWellAsUp() {
    ExactCrossbar crossbar = crossbar(Sensing.DIFFERENTIAL);
    crossbar.program(new ProgramRequest(Batches.filled(9, 14, 100e-6f), 0.6 * STEP, 20, 1));
    Batch low = Batches.filled(9, 14, 5e-6f);
    assertEquals(1, crossbar.program(new ProgramRequest(low, 0.6 * STEP, 20, 1)).successRate());
    Batches.assertClose(low, siemens(crossbar), 0.61 * STEP, "cells");
  }

  @Test
  void cellsThatAreThereGetNoPulses() {
    ExactCrossbar crossbar = crossbar(Sensing.SINGLE);
    Batch lowest = Batches.filled(9, 14, 1e-6f);
    lowest.set(4, 5, 41e-6f);
    ProgramResult result = crossbar.program(new ProgramRequest(lowest, 0.6 * STEP, 20, 1));
    for (int i = 0; i < result.pulses().length; i++) {
      int expected = i == 4 * 14 + 5 ? 100 : 0;
      assertEquals(expected, result.pulses()[i], 1, "pulses to cell " + i);
      assertTrue(result.success()[i]);
    }
  }

  @Test
  void stuckCellsAreReportedAndOnlyThose() {
    ExactCrossbar crossbar = crossbar(Sensing.DIFFERENTIAL);
    crossbar.stick(new Cell(2, 3));
    crossbar.stick(new Cell(8, 13));
    Batch middle = Batches.filled(9, 14, 50e-6f);
    ProgramResult result = crossbar.program(new ProgramRequest(middle, 0.6 * STEP, 20, 1));
    assertEquals(1 - 2.0 / (9 * 14), result.successRate(), 1e-12);
    assertFalse(result.success()[2 * 14 + 3]);
    assertFalse(result.success()[8 * 14 + 13]);
    assertEquals(1e-6, result.measuredSiemens().get(2, 3), 1e-10);
  }

  /// One lucky read is no success: the first pass can only be confirmed by a second.
  @Test
  void aMeasurementMustBeConfirmed() {
    ExactCrossbar crossbar = crossbar(Sensing.SINGLE);
    Batch lowest = Batches.filled(9, 14, 1e-6f);
    ProgramResult result = crossbar.program(new ProgramRequest(lowest, STEP, 1, 1));
    assertEquals(1, result.successRate());
    // A cell pulsed once was measured near once only.
    lowest.set(0, 0, (float) (1e-6 + 2 * STEP));
    result = crossbar.program(new ProgramRequest(lowest, 0.6 * STEP, 1, 1));
    assertFalse(result.success()[0]);
    assertEquals(1 - 1.0 / (9 * 14), result.successRate(), 1e-12);
  }

  @Test
  void stopsAfterThePassesItMayMake() {
    ExactChip chip = new ExactChip(9, 14, Sensing.SINGLE, 1);
    chip.array(0).stick(new Cell(0, 0));
    Batch middle = Batches.filled(9, 14, 50e-6f);
    chip.array(0).program(new ProgramRequest(middle, 1e-9, 3, 4));
    // Each of the four measurements reads every row and the offsets, four times.
    assertEquals(4 * 4 * (9 + 1), chip.telemetry().arrayReads());
  }
}
