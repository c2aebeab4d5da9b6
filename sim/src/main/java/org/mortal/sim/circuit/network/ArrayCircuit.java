package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.function.Function;
import org.mortal.chip.Cell;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;

/// The exact currents and voltages of an array: any cells, any wires, lines driven or floating.
///
/// A node is settled when what flows into it and out of it differ by less than 10⁻¹² of the currents of all cells on its line.
/// Lines that no cell connects to a driven one, not even through others, lie at 0 V.
///
/// A circuit keeps its work space, and serves one thread at a time.
public final class ArrayCircuit {
  private final Wires wires;
  private final Cells cells;
  private final Function<NodeEquations, LinearSolver> solvers;
  private WireNetwork network;
  private Newton newton;
  private double[] deviations;
  private int steps;

  /// An array of `rows` by `columns` cells that all follow `law`.
  public ArrayCircuit(int rows, int columns, Wires wires, Conduction law) {
    this(rows, columns, wires, law, LineConjugateGradients::new);
  }

  /// The same with another solver for the wires.
  ArrayCircuit(
      int rows,
      int columns,
      Wires wires,
      Conduction law,
      Function<NodeEquations, LinearSolver> solvers) {
    this.wires = wires;
    this.solvers = solvers;
    cells = new Cells(rows, columns, law);
  }

  public Wires wires() {
    return wires;
  }

  public int rows() {
    return cells.rows;
  }

  public int columns() {
    return cells.columns;
  }

  /// The solution for cells of `cellSiemens`, row by row. Its bits depend on the arguments alone.
  public Solution solve(double[] cellSiemens, Terminals terminals) {
    NodeEquations equations = take(cellSiemens, terminals);
    Terminals defined = defined(equations, cellSiemens, terminals);
    LineNetwork lines = new LineNetwork(cells, wires, defined);
    double[] lineDeviations = new double[lines.unknowns()];
    steps = new Newton(lines).solve(lineDeviations);
    if (wires.rowSegmentOhms() > 0 || wires.columnSegmentOhms() > 0) {
      connect(NodeEquations.of(wires, defined));
      Arrays.fill(deviations, 0);
      network.startFrom(lines.base(lineDeviations));
      steps += newton.solve(deviations);
    }
    return solution(terminals);
  }

  /// The same as [#solve], sooner if little has changed since the last solution, from which it starts; the last bits depend
  /// on that one too.
  public Solution solveNext(double[] cellSiemens, Terminals terminals) {
    NodeEquations equations = take(cellSiemens, terminals);
    Terminals defined = defined(equations, cellSiemens, terminals);
    if (network == null || !alike(network.equations(), NodeEquations.of(wires, defined))) {
      return solve(cellSiemens, terminals);
    }
    network.drive(defined);
    steps = newton.solve(deviations);
    return solution(terminals);
  }

  /// The solution when no other cell conducts.
  ///
  /// @param volts of the cell's row; its column is at 0 V
  Solution alone(double[] cellSiemens, Cell cell, double volts) {
    int index = cell.row() * cells.columns + cell.column();
    double siemens = cellSiemens[index];
    NodeEquations.check(siemens, cell.row(), cell.column());
    double left = new LoneCell(cells.rows, wires, cells.law()).volts(cell, siemens, volts);
    double amps = cells.law().amps(left, siemens);
    Solution solution =
        new Solution(
            new double[cells.rows], new double[cells.columns], new double[cellSiemens.length]);
    solution.rowAmps()[cell.row()] = amps;
    solution.columnAmps()[cell.column()] = amps;
    solution.cellVolts()[index] = left;
    return solution;
  }

  /// Checks the arguments and hands the cells on.
  private NodeEquations take(double[] cellSiemens, Terminals terminals) {
    NodeEquations equations = NodeEquations.of(wires, terminals);
    if (equations.rows() != cells.rows || equations.columns() != cells.columns) {
      throw new IllegalArgumentException(
          "terminals of %d x %d lines, but the array has %d x %d"
              .formatted(equations.rows(), equations.columns(), cells.rows, cells.columns));
    }
    equations.check(cellSiemens);
    cells.set(cellSiemens, Math.max(most(terminals.rowVolts()), most(terminals.columnVolts())));
    return equations;
  }

  private static double most(double[] volts) {
    double most = 0;
    for (double one : volts) {
      if (Double.isInfinite(one)) {
        throw new IllegalArgumentException("a line must be driven to a finite voltage, not " + one);
      }
      most = Double.isNaN(one) ? most : Math.max(most, Math.abs(one));
    }
    return most;
  }

  /// The terminals, with a line at 0 V in each group of lines that would else have no defined voltage.
  private Terminals defined(NodeEquations equations, double[] cellSiemens, Terminals terminals) {
    boolean[] tied = equations.ties(cellSiemens);
    double[] rowVolts = terminals.rowVolts().clone();
    double[] columnVolts = terminals.columnVolts().clone();
    Arrays.setAll(rowVolts, row -> tied[row] ? 0 : rowVolts[row]);
    Arrays.setAll(columnVolts, column -> tied[cells.rows + column] ? 0 : columnVolts[column]);
    return new Terminals(rowVolts, columnVolts);
  }

  private void connect(NodeEquations equations) {
    if (network == null || !alike(network.equations(), equations)) {
      network = new WireNetwork(solvers.apply(equations), cells);
      newton = new Newton(network);
      deviations = new double[equations.nodes()];
    }
  }

  private static boolean alike(NodeEquations one, NodeEquations other) {
    return Arrays.equals(one.rowDriven(), other.rowDriven())
        && Arrays.equals(one.columnDriven(), other.columnDriven());
  }

  private Solution solution(Terminals terminals) {
    return new Solution(
        driven(cells.rowAmps, terminals.rowVolts()),
        driven(cells.columnAmps, terminals.columnVolts()),
        cells.volts.clone());
  }

  private static double[] driven(double[] amps, double[] volts) {
    double[] driven = new double[amps.length];
    Arrays.setAll(driven, line -> Double.isNaN(volts[line]) ? 0 : amps[line]);
    return driven;
  }

  /// Newton steps that the last solution took.
  int steps() {
    return steps;
  }
}
