package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Cell;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;

/// What cells see while another one is written.
class WriteBiasTest {
  private static final int ROWS = 4;
  private static final int COLUMNS = 3;
  private static final Cell CELL = new Cell(1, 2);
  private static final Conduction LAW = new Conduction.Sinh(0.3);

  private final double[] siemens = Trials.siemens(ROWS * COLUMNS, 1e-6, 1e-4, 3);

  private double[] cellVolts(WriteBias bias, Wires wires, double volts) {
    return bias.solve(new ArrayCircuit(ROWS, COLUMNS, wires, LAW), siemens, CELL, volts)
        .cellVolts();
  }

  @Test
  void halfTheVoltageAlongTheSelectedLines() {
    double[] expected = {0, 0, 1, 1, 1, 2, 0, 0, 1, 0, 0, 1};
    assertArrayEquals(expected, cellVolts(WriteBias.HALF, Wires.PERFECT, 2), 1e-15);
  }

  @Test
  void aThirdOfTheVoltageEverywhere() {
    double[] expected = {-1, -1, 1, 1, 1, 3, -1, -1, 1, -1, -1, 1};
    assertArrayEquals(expected, cellVolts(WriteBias.THIRD, Wires.PERFECT, 3), 1e-15);
  }

  @Test
  void aTransistorKeepsThePulseToOneCell() {
    double[] expected = {0, 0, 0, 0, 0, -2, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(expected, cellVolts(WriteBias.ISOLATED, Wires.PERFECT, -2), 1e-15);
  }

  /// By symmetry a 2x2 array of equal cells is one cell beside three in series.
  @Test
  void floatingLinesOfEqualCellsShareTheVoltage() {
    ArrayCircuit circuit = new ArrayCircuit(2, 2, Wires.PERFECT, LAW);
    double[] equal = {1e-5, 1e-5, 1e-5, 1e-5};
    double[] volts = WriteBias.FLOATING.solve(circuit, equal, new Cell(0, 0), 1.5).cellVolts();
    assertArrayEquals(new double[] {1.5, 0.5, 0.5, -0.5}, volts, 1e-13);
  }

  /// Perfect wires are solved without unknowns, wires of a micro-ohm by the network.
  @ParameterizedTest
  @EnumSource(WriteBias.class)
  void theClosedFormIsTheLimitOfTheNetwork(WriteBias bias) {
    double[] solved = cellVolts(bias, Wires.uniform(1e-6), 2);
    assertArrayEquals(cellVolts(bias, Wires.PERFECT, 2), solved, 1e-6);
    for (int cell = 0; bias != WriteBias.FLOATING && cell < solved.length; cell++) {
      boolean row = cell / COLUMNS == CELL.row();
      boolean column = cell % COLUMNS == CELL.column();
      assertEquals(bias.perfectVolts(row, column, 2), solved[cell], 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(WriteBias.class)
  void wiresTakeTheirShareOfBothPolarities(WriteBias bias) {
    int selected = CELL.row() * COLUMNS + CELL.column();
    double set = cellVolts(bias, Wires.uniform(10), 2)[selected];
    double reset = cellVolts(bias, Wires.uniform(10), -2)[selected];
    assertTrue(set > 1.9 && set < 1.9999, set + " V");
    assertEquals(-set, reset, 1e-11);
  }

  /// One cell, its driver and terminal and the wires on the way: a series circuit.
  @Test
  void anIsolatedCellIsInSeriesWithItsLines() {
    Wires wires = new Wires(3, 2, 100, 40, 0);
    ArrayCircuit circuit = new ArrayCircuit(ROWS, COLUMNS, wires, new Conduction.Ohmic());
    Solution solution = WriteBias.ISOLATED.solve(circuit, siemens, CELL, 2);
    double ohms = 1 / siemens[CELL.row() * COLUMNS + CELL.column()];
    double path = 100 + CELL.column() * 3 + (ROWS - 1 - CELL.row()) * 2 + 40;
    assertEquals(2 / (ohms + path), solution.columnAmps()[CELL.column()], 1e-16);
    assertEquals(4 / (ohms + path), solution.watts(terminals()), 1e-15);
  }

  /// The same as an array of one cell, for a law that bends with the sign of the voltage.
  @ParameterizedTest
  @ValueSource(doubles = {2, -2})
  void aLoneCellIsACircuitOfOneCell(double volts) {
    Wires wires = new Wires(300, 200, 1000, 400, 0);
    double rowOhms = 1000 + CELL.column() * 300;
    double columnOhms = 400 + (ROWS - 1 - CELL.row()) * 200;
    Solution one =
        new ArrayCircuit(1, 1, new Wires(0, 0, rowOhms, columnOhms, 0), Cubic.milo())
            .solve(new double[] {100e-6}, new Terminals(new double[] {volts}, new double[1]));
    double left = new LoneCell(ROWS, wires, Cubic.milo()).volts(CELL, 100e-6, volts);
    assertEquals(one.cellVolts()[0], left, 1e-11);
  }

  private static Terminals terminals() {
    return WriteBias.ISOLATED.terminals(ROWS, COLUMNS, CELL, 2);
  }

  @ParameterizedTest
  @EnumSource(WriteBias.class)
  void theNextPulseStartsFromTheLast(WriteBias bias) {
    ArrayCircuit circuit = new ArrayCircuit(ROWS, COLUMNS, Wires.uniform(5), LAW);
    bias.solve(circuit, siemens, CELL, 2);
    siemens[CELL.row() * COLUMNS + CELL.column()] *= 1.1;
    double[] next = bias.solveNext(circuit, siemens, CELL, 2).cellVolts();
    assertArrayEquals(cellVolts(bias, Wires.uniform(5), 2), next, 1e-11);
  }
}
