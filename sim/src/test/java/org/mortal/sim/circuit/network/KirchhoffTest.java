package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;

/// What holds in every circuit, checked from the voltages of the cells alone.
class KirchhoffTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  private record Circuit(Conduction law, Wires wires) {
    Solution solve(double[] siemens, Terminals terminals) {
      return new ArrayCircuit(ROWS, COLUMNS, wires, law).solve(siemens, terminals);
    }
  }

  private final double[] siemens = Trials.siemens(ROWS * COLUMNS, 1e-7, 1e-3, 3);
  private final Terminals terminals =
      new Terminals(Trials.volts(ROWS, 1.2, 4), Trials.volts(COLUMNS, 1.2, 5));

  static Stream<Circuit> circuits() {
    return circuits(Trials.laws());
  }

  static Stream<Circuit> oddCircuits() {
    return circuits(Trials.oddLaws());
  }

  private static Stream<Circuit> circuits(Stream<Conduction> laws) {
    return laws.flatMap(law -> Trials.wires().map(wires -> new Circuit(law, wires)));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void linesCarryWhatTheirCellsDo(Circuit circuit) {
    Solution solution = circuit.solve(siemens, terminals);
    double[] amps = amps(circuit.law, solution);
    for (int row = 0; row < ROWS; row++) {
      assertCarries(
          terminals.rowVolts()[row], solution.rowAmps()[row], amps, row * COLUMNS, 1, COLUMNS);
    }
    for (int column = 0; column < COLUMNS; column++) {
      assertCarries(
          terminals.columnVolts()[column],
          solution.columnAmps()[column],
          amps,
          column,
          COLUMNS,
          ROWS);
    }
  }

  private static void assertCarries(
      double volts, double lineAmps, double[] amps, int first, int stride, int cells) {
    double sum = sum(amps, first, stride, cells);
    double size = 0;
    for (int k = 0; k < cells; k++) {
      size += Math.abs(amps[first + k * stride]);
    }
    assertEquals(lineAmps, sum, 1e-11 * size);
    assertTrue(!Double.isNaN(volts) || lineAmps == 0);
  }

  /// Around each mesh of two rows and two columns the voltages of the cells and the drops of the wires cancel.
  @ParameterizedTest
  @MethodSource("circuits")
  void voltagesCancelAroundEveryMesh(Circuit circuit) {
    Solution solution = circuit.solve(siemens, terminals);
    double[] volts = solution.cellVolts();
    double[] amps = amps(circuit.law, solution);
    for (int row = 0; row + 1 < ROWS; row++) {
      for (int column = 0; column + 1 < COLUMNS; column++) {
        int cell = row * COLUMNS + column;
        double around =
            volts[cell] - volts[cell + 1] - volts[cell + COLUMNS] + volts[cell + COLUMNS + 1];
        double drops =
            along(circuit, amps, row, column)
                - along(circuit, amps, row + 1, column)
                - down(circuit, amps, row, column)
                + down(circuit, amps, row, column + 1);
        assertEquals(drops, around, 1e-12, row + ", " + column);
      }
    }
  }

  /// From each source to each other one, over the cell where their lines cross.
  @ParameterizedTest
  @MethodSource("circuits")
  void sourcesMeetAtTheirCell(Circuit circuit) {
    Solution solution = circuit.solve(siemens, terminals);
    double[] amps = amps(circuit.law, solution);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        double applied = terminals.rowVolts()[row] - terminals.columnVolts()[column];
        double drops =
            solution.rowAmps()[row] * circuit.wires.rowDriverOhms()
                + solution.columnAmps()[column] * circuit.wires.columnTerminalOhms();
        for (int k = 0; k < column; k++) {
          drops += along(circuit, amps, row, k);
        }
        for (int k = row; k + 1 < ROWS; k++) {
          drops += down(circuit, amps, k, column);
        }
        if (!Double.isNaN(applied)) {
          assertEquals(applied, drops + solution.cellVolts()[row * COLUMNS + column], 1e-12);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void sourcesDeliverWhatCellsAndWiresDissipate(Circuit circuit) {
    Solution solution = circuit.solve(siemens, terminals);
    double[] amps = amps(circuit.law, solution);
    double watts = 0;
    for (int row = 0; row < ROWS; row++) {
      watts += square(solution.rowAmps()[row]) * circuit.wires.rowDriverOhms();
      for (int column = 0; column < COLUMNS; column++) {
        int cell = row * COLUMNS + column;
        double right = sum(amps, cell + 1, 1, COLUMNS - 1 - column);
        double above = sum(amps, column, COLUMNS, row);
        watts +=
            amps[cell] * solution.cellVolts()[cell]
                + square(right) * circuit.wires.rowSegmentOhms()
                + square(above) * circuit.wires.columnSegmentOhms();
      }
    }
    for (double columnAmps : solution.columnAmps()) {
      watts += square(columnAmps) * circuit.wires.columnTerminalOhms();
    }
    assertEquals(watts, solution.watts(terminals), 1e-11 * watts);
  }

  @ParameterizedTest
  @MethodSource("oddCircuits")
  void oddLawsAnswerToTurnedVoltagesWithTurnedCurrents(Circuit circuit) {
    Solution solution = circuit.solve(siemens, terminals);
    Solution turned =
        circuit.solve(
            siemens,
            new Terminals(negated(terminals.rowVolts()), negated(terminals.columnVolts())));
    double most = Arrays.stream(solution.rowAmps()).map(Math::abs).max().orElseThrow();
    assertArrayEquals(negated(solution.rowAmps()), turned.rowAmps(), 1e-11 * most);
    assertArrayEquals(negated(solution.cellVolts()), turned.cellVolts(), 1e-11);
  }

  /// The array seen from its columns: rows and columns change places, and each line is walked from its other end.
  @ParameterizedTest
  @MethodSource("oddCircuits")
  void rowsAndColumnsMayChangePlaces(Circuit circuit) {
    Wires wires = circuit.wires;
    Wires swapped =
        new Wires(
            wires.columnSegmentOhms(),
            wires.rowSegmentOhms(),
            wires.columnTerminalOhms(),
            wires.rowDriverOhms(),
            0);
    double[] turned = new double[siemens.length];
    for (int cell = 0; cell < siemens.length; cell++) {
      turned[turn(cell)] = siemens[cell];
    }
    Solution solution = circuit.solve(siemens, terminals);
    Solution other =
        new ArrayCircuit(COLUMNS, ROWS, swapped, circuit.law)
            .solve(
                turned,
                new Terminals(reversed(terminals.columnVolts()), reversed(terminals.rowVolts())));
    for (int cell = 0; cell < siemens.length; cell++) {
      assertEquals(solution.cellVolts()[cell], -other.cellVolts()[turn(cell)], 1e-11);
    }
  }

  /// Word lines begin at column 0 and bit lines end at the last row: the corner that both meet stays a corner.
  private static int turn(int cell) {
    int row = cell / COLUMNS;
    int column = cell % COLUMNS;
    return (COLUMNS - 1 - column) * ROWS + ROWS - 1 - row;
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void moreVoltageDrivesMoreCurrent(Circuit circuit) {
    double before = circuit.solve(siemens, terminals).rowAmps()[0];
    for (double more : new double[] {0.01, 0.1, 1}) {
      double[] rowVolts = terminals.rowVolts().clone();
      rowVolts[0] += more;
      double after =
          circuit.solve(siemens, new Terminals(rowVolts, terminals.columnVolts())).rowAmps()[0];
      assertTrue(after > before, after + " A after " + before);
      before = after;
    }
  }

  private double[] amps(Conduction law, Solution solution) {
    double[] amps = new double[siemens.length];
    Arrays.setAll(amps, cell -> law.amps(solution.cellVolts()[cell], siemens[cell]));
    return amps;
  }

  /// The drop of a word line from one column to the next.
  private static double along(Circuit circuit, double[] amps, int row, int column) {
    return circuit.wires.rowSegmentOhms()
        * sum(amps, row * COLUMNS + column + 1, 1, COLUMNS - 1 - column);
  }

  /// The drop of a bit line from one row to the next.
  private static double down(Circuit circuit, double[] amps, int row, int column) {
    return circuit.wires.columnSegmentOhms() * sum(amps, column, COLUMNS, row + 1);
  }

  private static double sum(double[] values, int first, int stride, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += values[first + k * stride];
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, k -> values[values.length - 1 - k]);
    return reversed;
  }
}
