package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Cell;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Selector;

/// Circuits that can be solved by hand, and the fast solver against the plain one.
class ArrayCircuitTest {
  private static final double FLOATING = Double.NaN;

  static Stream<Conduction> laws() {
    return Trials.laws();
  }

  private static double[] row(double... values) {
    return values;
  }

  @Test
  void oneCellIsInSeriesWithItsWires() {
    Wires wires = new Wires(7, 8, 100, 50, 0);
    Solution solution =
        new ArrayCircuit(1, 1, wires, new Conduction.Ohmic())
            .solve(row(1e-3), new Terminals(row(0.5), row(0)));
    assertEquals(0.5 / (1000 + 100 + 50), solution.columnAmps()[0], 1e-16);
    assertEquals(0.5 / 1150 * 1000, solution.cellVolts()[0], 1e-13);
  }

  /// From column 0 over the floating row to column 1: two resistors in series.
  @Test
  void aFloatingRowPutsItsCellsInSeries() {
    for (Wires wires : new Wires[] {Wires.PERFECT, Wires.uniform(1)}) {
      Solution solution =
          new ArrayCircuit(1, 2, wires, new Conduction.Ohmic())
              .solve(row(1e-3, 5e-4), new Terminals(row(FLOATING), row(1, 0)));
      // Two terminals and one segment of the row.
      double ohms = 1000 + 2000 + 3 * wires.rowSegmentOhms();
      assertEquals(1 / ohms, solution.columnAmps()[1], 1e-15);
      assertEquals(-1 / ohms, solution.columnAmps()[0], 1e-15);
      assertEquals(0, solution.rowAmps()[0]);
    }
  }

  /// Two equal cells of any odd law share the voltage equally.
  @Test
  void equalCellsInSeriesShareTheVoltage() {
    Trials.oddLaws()
        .forEach(law -> {
          Solution solution =
              new ArrayCircuit(1, 2, Wires.PERFECT, law)
                  .solve(row(1e-4, 1e-4), new Terminals(row(FLOATING), row(1, 0)));
          assertArrayEquals(row(-0.5, 0.5), solution.cellVolts(), 1e-13);
          assertEquals(law.amps(0.5, 1e-4), solution.columnAmps()[1], 1e-16);
        });
  }

  /// The classic sneak path: beside the cell that is read, three others in series carry current to the same column.
  @Test
  void theSneakPathOfFourCells() {
    double[] siemens = row(1e-6, 1e-4, 2e-4, 5e-5);
    double volts = 0.3;
    double through = 1 / (1 / 1e-4 + 1 / 5e-5 + 1 / 2e-4);
    boolean[] first = {true, false};
    ArrayCircuit circuit = new ArrayCircuit(2, 2, Wires.PERFECT, new Conduction.Ohmic());
    ReadBias floating = new ReadBias(ReadBias.Idle.FLOATING, ReadBias.Idle.FLOATING);
    Solution sneak = circuit.solve(siemens, floating.terminals(row(volts, 0), first, first));
    assertEquals(volts * (1e-6 + through), sneak.columnAmps()[0], 1e-18);
    ReadBias grounded = new ReadBias(ReadBias.Idle.GROUNDED, ReadBias.Idle.GROUNDED);
    Solution clean = circuit.solve(siemens, grounded.terminals(row(volts, 0), first, first));
    assertEquals(volts * 1e-6, clean.columnAmps()[0], 1e-20);
    assertEquals(volts * (1e-6 + 1e-4), clean.rowAmps()[0], 1e-18);
  }

  /// Floating rows alone make no path where all columns are at ground.
  @Test
  void floatingRowsRestAtGroundedColumns() {
    ReadBias bias = new ReadBias(ReadBias.Idle.FLOATING, ReadBias.Idle.GROUNDED);
    Terminals terminals =
        bias.terminals(
            row(0.2, 9, 9), new boolean[] {true, false, false}, new boolean[] {true, true});
    Solution solution =
        new ArrayCircuit(3, 2, Wires.PERFECT, new Conduction.Ohmic())
            .solve(row(1e-5, 2e-5, 1e-3, 1e-4, 1e-3, 1e-6), terminals);
    assertArrayEquals(row(0.2 * 1e-5, 0.2 * 2e-5), solution.columnAmps(), 1e-18);
  }

  @Test
  void linesThatNothingDrivesAreAtGround() {
    double[] siemens = row(0, 1e-4, 1e-4, 0);
    for (Wires wires : new Wires[] {Wires.PERFECT, Wires.uniform(2)}) {
      Solution solution =
          new ArrayCircuit(2, 2, wires, new Conduction.Sinh(0.2))
              .solve(siemens, new Terminals(row(1, FLOATING), row(FLOATING, 0)));
      assertEquals(0, solution.cellVolts()[2], 1e-15);
      assertTrue(solution.cellVolts()[1] > 0.98);
      Solution dark =
          new ArrayCircuit(2, 2, wires, new Conduction.Sinh(0.2))
              .solve(siemens, new Terminals(row(FLOATING, FLOATING), row(FLOATING, FLOATING)));
      assertArrayEquals(new double[4], dark.cellVolts());
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void withoutResistanceEachCellSeesItsLines(Conduction law) {
    double[] siemens = Trials.siemens(12, 1e-6, 1e-3, 1);
    double[] rowVolts = row(0.3, -0.2, 0.1, 0.05);
    double[] columnVolts = row(0, 0.2, -0.1);
    Solution solution =
        new ArrayCircuit(4, 3, Wires.PERFECT, law)
            .solve(siemens, new Terminals(rowVolts, columnVolts));
    double amps = 0;
    for (int row = 0; row < 4; row++) {
      assertEquals(rowVolts[row] - columnVolts[1], solution.cellVolts()[row * 3 + 1]);
      amps += law.amps(rowVolts[row] - columnVolts[1], siemens[row * 3 + 1]);
    }
    assertEquals(amps, solution.columnAmps()[1], 1e-14 * Math.abs(amps));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void aWarmStartFindsTheSame(Conduction law) {
    int lines = 12;
    double[] siemens = Trials.siemens(lines * lines, 1e-6, 1e-3, 2);
    Terminals terminals = new Terminals(Trials.volts(lines, 1, 6), Trials.volts(lines, 1, 7));
    ArrayCircuit circuit = new ArrayCircuit(lines, lines, Wires.uniform(1), law);
    circuit.solve(siemens, terminals);
    int cold = circuit.steps();
    double[] changed = siemens.clone();
    changed[17] *= 1.05;
    Solution next = circuit.solveNext(changed, terminals);
    assertTrue(circuit.steps() < cold, circuit.steps() + " steps, not fewer than " + cold);
    Solution fresh =
        new ArrayCircuit(lines, lines, Wires.uniform(1), law).solve(changed, terminals);
    assertSame(fresh, next);
    double[] other = terminals.rowVolts().clone();
    other[0] += 0.3;
    Terminals moved = new Terminals(other, terminals.columnVolts());
    assertSame(
        new ArrayCircuit(lines, lines, Wires.uniform(1), law).solve(changed, moved),
        circuit.solveNext(changed, moved));
  }

  @Test
  void aColdStartGivesTheSameBitsWhateverCameBefore() {
    int lines = 8;
    double[] siemens = Trials.siemens(lines * lines, 1e-6, 1e-3, 2);
    Terminals terminals = new Terminals(Trials.volts(lines, 1, 6), Trials.volts(lines, 1, 7));
    ArrayCircuit circuit =
        new ArrayCircuit(lines, lines, Wires.uniform(1), new Conduction.Sinh(0.25));
    double[] before = circuit.solve(siemens, terminals).cellVolts();
    circuit.solve(Trials.siemens(lines * lines, 1e-5, 1e-4, 9), terminals);
    assertArrayEquals(before, circuit.solve(siemens, terminals).cellVolts());
  }

  /// Cells from nanosiemens to millisiemens beside wires of an ohm, and a selector of eight decades.
  @ParameterizedTest
  @MethodSource("laws")
  void theFastSolverAgreesWithThePlainOne(Conduction law) {
    for (int lines : new int[] {3, 20, 33}) {
      double[] siemens = Trials.siemens(lines * (lines + 1), 1e-9, 1e-3, 8);
      Terminals terminals = new Terminals(Trials.volts(lines, 1, 6), Trials.volts(lines + 1, 1, 7));
      Trials.wires()
          .forEach(wires ->
              assertSame(
                  new ArrayCircuit(lines, lines + 1, wires, law, SparseCholesky::new)
                      .solve(siemens, terminals),
                  new ArrayCircuit(lines, lines + 1, wires, law).solve(siemens, terminals)));
    }
  }

  @Test
  void steepSelectorsSettle() {
    int lines = 24;
    double[] siemens = Trials.siemens(lines * lines, 1e-6, 1e-3, 4);
    Terminals terminals = WriteBias.FLOATING.terminals(lines, lines, new Cell(3, 4), 3);
    Solution solution =
        new ArrayCircuit(lines, lines, Wires.uniform(1), new Selector(1e-17, 0.037))
            .solve(siemens, terminals);
    assertEquals(1, solution.rowAmps()[3] / solution.columnAmps()[4], 1e-11);
  }

  /// Rows that float within a millivolt of grounded columns carry a millionth of what the driven ones do.
  @Test
  void floatingLinesOfSelectorsSettleBesideDrivenOnes() {
    int lines = 64;
    double[] siemens = Trials.siemens(lines * lines, 1e-6, 1e-4, 5);
    double[] rowVolts = new double[lines];
    Arrays.setAll(rowVolts, row -> row % 3 == 0 ? FLOATING : 2.0 * row / lines);
    Conduction law = Selector.of(1, 1e-4, 1e4);
    Solution solution =
        new ArrayCircuit(lines, lines, Wires.uniform(1), law)
            .solve(siemens, Terminals.read(rowVolts, lines));
    double sum = 0;
    double size = 0;
    for (int column = 0; column < lines; column++) {
      double amps = law.amps(solution.cellVolts()[3 * lines + column], siemens[3 * lines + column]);
      sum += amps;
      size += Math.abs(amps);
    }
    assertEquals(0, sum / size, 1e-6);
  }

  private static void assertSame(Solution expected, Solution found) {
    double most = Arrays.stream(expected.columnAmps()).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected.columnAmps(), found.columnAmps(), 1e-11 * most);
    assertArrayEquals(expected.rowAmps(), found.rowAmps(), 1e-11 * most);
    assertArrayEquals(expected.cellVolts(), found.cellVolts(), 1e-10);
  }

  @Test
  void wrongArgumentsAreRefused() {
    ArrayCircuit circuit = new ArrayCircuit(2, 2, Wires.PERFECT, new Conduction.Ohmic());
    Terminals terminals = new Terminals(row(1, 1), row(0, 0));
    assertThrows(IllegalArgumentException.class, () -> circuit.solve(row(1, 1, 1), terminals));
    assertThrows(IllegalArgumentException.class, () -> circuit.solve(row(1, 1, 1, -1), terminals));
    assertThrows(
        IllegalArgumentException.class,
        () -> circuit.solve(row(1, 1, 1, 1), new Terminals(row(1), row(0, 0))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            circuit.solve(
                row(1, 1, 1, 1), new Terminals(row(1, Double.POSITIVE_INFINITY), row(0, 0))));
  }
}
