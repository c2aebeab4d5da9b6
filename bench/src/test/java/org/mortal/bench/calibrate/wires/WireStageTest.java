package org.mortal.bench.calibrate.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.WireFit;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;

/// Wires are found from what tells of them, and given back; where there are none, nothing is touched.
class WireStageTest {
  private static final Workers WORKERS = Kernels.select(1).workers();
  private static final int SIZE = 24;
  private static final double ERROR = 50e-9;
  private static final double HIGH_VOLTS = 0.2;
  private static final double NOISE_AMPS = 0.5e-6;
  private static final Wires WIRES = new Wires(2, 3, 12, 9, 0);

  private final Philox random = new Philox(5);

  private double[][] cells(double[][] below, boolean[][] touched) {
    double[][] cells = new double[SIZE][SIZE];
    for (int r = 0; r < SIZE; r++) {
      for (int c = 0; c < SIZE; c++) {
        cells[r][c] =
            below == null
                ? 10e-6 + 80e-6 * random.nextDouble()
                : below[r][c] + (touched[r][c] ? 40e-6 : 0);
      }
    }
    return cells;
  }

  private CellEstimates read(double[][] cells, Wires wires) {
    double[][] map = LineModel.ohmic(wires, WORKERS).map(cells);
    double[][] errors = new double[SIZE][SIZE];
    for (int r = 0; r < SIZE; r++) {
      for (int c = 0; c < SIZE; c++) {
        map[r][c] += ERROR * random.nextGaussian();
        errors[r][c] = ERROR;
      }
    }
    return new CellEstimates(map, errors);
  }

  private boolean[][] touched() {
    boolean[][] touched = new boolean[SIZE][SIZE];
    for (int r = 0; r < SIZE; r++) {
      for (int c = 0; c < SIZE; c++) {
        touched[r][c] = random.nextDouble() < (r % 3 == 0 ? 0.2 : 0.5) + (c % 2 == 0 ? 0.3 : 0);
      }
    }
    return touched;
  }

  private WireFindings byPulses(double[][] cells, Wires wires) {
    boolean[][] touched = touched();
    CellEstimates before = read(cells, wires);
    WireTask.Change change =
        new WireTask.Change(before, read(cells(cells, touched), wires), touched);
    return new WireStage(
            new WireTask(
                before, SIZE, HIGH_VOLTS, NOISE_AMPS, null, List.of(change), null, WORKERS))
        .run();
  }

  @Test
  void cellsThatNobodyTouchedTellOfWires() {
    double[][] cells = cells(null, null);
    WireFindings found = byPulses(cells, WIRES);
    WireFit fit = found.wires();
    assertNotNull(fit);
    assertEquals(2, fit.rowSegment(), 4 * fit.errors()[1]);
    assertEquals(3, fit.columnSegment(), 4 * fit.errors()[2]);
    assertEquals(12, fit.rowDriver(), 4 * fit.errors()[0]);
    assertEquals(9, fit.columnTerminal(), 4 * fit.errors()[3]);
    assertTrue(fit.errors()[1] < 0.5 && fit.errors()[2] < 0.5, "errors that say nothing");
    double[][] measured = LineModel.ohmic(WIRES, WORKERS).map(cells);
    double left = size(Matrices.minus(found.cells().siemens(), cells));
    assertTrue(left < 0.15 * size(Matrices.minus(measured, cells)), "left " + left);
  }

  @Test
  void withoutWiresNothingIsDone() {
    double[][] cells = cells(null, null);
    WireFindings found = byPulses(cells, Wires.PERFECT);
    assertNull(found.wires());
    assertSame(Compensation.NONE, found.correction());
  }

  @Test
  void withoutEvidenceNothingIsClaimed() {
    CellEstimates before = read(cells(null, null), WIRES);
    WireFindings found =
        new WireStage(
                new WireTask(before, SIZE, HIGH_VOLTS, NOISE_AMPS, null, List.of(), null, WORKERS))
            .run();
    assertNull(found.wires());
    assertSame(before, found.cells());
  }

  @Test
  void rowsThatFloatTellOfColumns() {
    double[][] cells = cells(null, null);
    CellEstimates read = read(cells, WIRES);
    double[][] held = new double[16][SIZE];
    double[][] floating = new double[16][SIZE];
    for (int n = 0; n < held.length; n++) {
      for (int r = 0; r < SIZE; r++) {
        boolean driven = random.nextBoolean();
        held[n][r] = driven ? 0.2 : 1e-3;
        floating[n][r] = driven ? 0.2 : Double.NaN;
      }
    }
    LineModel array = LineModel.ohmic(WIRES, WORKERS);
    double[][] losses = Matrices.minus(array.amps(cells, floating), array.amps(cells, held));
    double[][] errors = new double[losses.length][SIZE];
    for (int n = 0; n < losses.length; n++) {
      for (int c = 0; c < SIZE; c++) {
        losses[n][c] += 50e-9 * random.nextGaussian();
        errors[n][c] = 50e-9;
      }
    }
    WireFit fit =
        new WireStage(
                new WireTask(
                    read,
                    SIZE,
                    HIGH_VOLTS,
                    NOISE_AMPS,
                    null,
                    List.of(),
                    new WireTask.FloatingReads(held, floating, losses, errors),
                    WORKERS))
            .run()
            .wires();
    assertNotNull(fit);
    assertEquals(3, fit.columnSegment(), 4 * fit.errors()[2]);
    assertEquals(9, fit.columnTerminal(), 4 * fit.errors()[3]);
    assertTrue(fit.errors()[2] < 0.5, "an error that says nothing");
    // Of rows there is an expectation only, and its error says so.
    assertTrue(fit.errors()[1] > 0.1 * fit.rowSegment(), "rows known to " + fit.errors()[1]);
  }

  /// By hand: what is asked for, what the wires make of it, factors and products.
  @Test
  void whatIsTakenAwayIsGivenBack() {
    double[][] cells = cells(null, null);
    for (double ohms : new double[] {0.2, 20}) {
      double[][] done = LineModel.ohmic(Wires.uniform(ohms), WORKERS).map(cells);
      Compensation correction = new Compensator(cells, done, SIZE, HIGH_VOLTS).compensate(10e-9);
      double squares = 0;
      for (int n = 0; n < 200; n++) {
        double[] volts = random.doubles(SIZE, 0, HIGH_VOLTS).toArray();
        for (int c = 0; c < SIZE; c++) {
          double rest = given(correction, done, volts, c);
          for (int r = 0; r < SIZE; r++) {
            rest -= volts[r] * cells[r][c];
          }
          squares += rest * rest / (200 * SIZE);
        }
      }
      assertTrue(Math.sqrt(squares) < 12e-9, ohms + " ohms leave " + Math.sqrt(squares));
      boolean scaled = correction.rows().length > 0;
      assertEquals(ohms < 10, scaled, "factors where they multiply little noise only");
      assertTrue(!scaled || correction.rank() < SIZE / 2, "rank " + correction.rank());
    }
  }

  private static double given(
      Compensation correction, double[][] done, double[] volts, int column) {
    double amps = 0;
    for (int r = 0; r < SIZE; r++) {
      double factor = correction.rows().length == 0 ? 1 : correction.rows()[r];
      amps += factor * volts[r] * done[r][column];
    }
    amps *= correction.outputs().length == 0 ? 1 : correction.outputs()[column];
    for (int k = 0; k < correction.rank(); k++) {
      for (int r = 0; r < SIZE; r++) {
        amps += volts[r] * correction.in()[r][k] * correction.out()[k][column];
      }
    }
    return amps;
  }

  private static double size(double[][] values) {
    double squares = 0;
    for (double[] row : values) {
      for (double one : row) {
        squares += one * one;
      }
    }
    return Math.sqrt(squares / (SIZE * SIZE));
  }
}
