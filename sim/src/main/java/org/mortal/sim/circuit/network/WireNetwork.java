package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.mortal.sim.circuit.Wires;

/// A circuit with resistance along its lines: every crossing of a line is a node, numbered as in [NodeEquations].
///
/// The solver finds each step as the response of the ohmic circuit whose cells have the slopes of the real ones.
final class WireNetwork implements Unknowns {
  /// Of the stiffest branch's conductance: what factors can tell from nothing.
  private static final double ROUNDED = 1e-13;

  private final NodeEquations equations;
  private final Wires wires;
  private final Cells cells;
  private final LinearSolver solver;
  private LinearSolver plain;
  private double[] rowVolts;
  private double[] columnVolts;

  WireNetwork(LinearSolver solver, Cells cells) {
    this.solver = solver;
    this.cells = cells;
    equations = solver.equations();
    wires = equations.wires();
  }

  NodeEquations equations() {
    return equations;
  }

  /// Sets the voltages that deviations count from, one for each line.
  void startFrom(Terminals base) {
    rowVolts = base.rowVolts();
    columnVolts = base.columnVolts();
  }

  /// Takes other voltages of the driven lines; those that float go on from where they are.
  void drive(Terminals terminals) {
    for (int row = 0; row < cells.rows; row++) {
      rowVolts[row] = equations.rowDriven()[row] ? terminals.rowVolts()[row] : rowVolts[row];
    }
    for (int column = 0; column < cells.columns; column++) {
      columnVolts[column] =
          equations.columnDriven()[column] ? terminals.columnVolts()[column] : columnVolts[column];
    }
  }

  /// Makes floating lines count from their own first nodes: their deviations are then drops along the wire and nothing else.
  @Override
  public void arrive(double[] deviations) {
    for (int row = 0; row < cells.rows; row++) {
      if (!equations.rowDriven()[row]) {
        int first = equations.word(row, 0);
        rowVolts[row] += shift(deviations, first, first + cells.columns, 1);
      }
    }
    for (int column = 0; column < cells.columns; column++) {
      if (!equations.columnDriven()[column]) {
        int first = equations.bit(0, column);
        columnVolts[column] += shift(deviations, first, deviations.length, cells.columns);
      }
    }
  }

  /// Takes the first node's deviation from those of the whole line, and returns it.
  private static double shift(double[] deviations, int first, int end, int stride) {
    double offset = deviations[first];
    for (int node = first; node < end; node += stride) {
      deviations[node] -= offset;
    }
    return offset;
  }

  @Override
  public int unknowns() {
    return equations.nodes();
  }

  @Override
  public double surplus(double[] deviations, double[] amps) {
    for (int row = 0; row < cells.rows; row++) {
      int word = equations.word(row, 0);
      int bit = equations.bit(row, 0);
      for (int column = 0; column < cells.columns; column++) {
        cells.volts[word + column] =
            (rowVolts[row] - columnVolts[column])
                + (deviations[word + column] - deviations[bit + column]);
      }
    }
    cells.solve();
    rowSurplus(deviations, amps);
    columnSurplus(deviations, amps);
    return largestShare(amps);
  }

  private void rowSurplus(double[] deviations, double[] amps) {
    boolean perfect = wires.rowSegmentOhms() == 0;
    double siemens = perfect ? 0 : 1 / wires.rowSegmentOhms();
    for (int row = 0; row < cells.rows; row++) {
      int first = equations.word(row, 0);
      // A perfect line is one node, for which its first stands.
      Arrays.fill(amps, first, first + cells.columns, 0);
      amps[first] = perfect ? -cells.rowAmps[row] : -cells.amps[first];
      for (int node = first + 1; !perfect && node < first + cells.columns; node++) {
        double along = siemens * (deviations[node - 1] - deviations[node]);
        amps[node - 1] -= along;
        amps[node] = along - cells.amps[node];
      }
      if (equations.holdsRow(row)) {
        amps[first] = 0;
      } else if (equations.rowDriven()[row]) {
        amps[first] -= deviations[first] / wires.rowDriverOhms();
      }
    }
  }

  private void columnSurplus(double[] deviations, double[] amps) {
    boolean perfect = wires.columnSegmentOhms() == 0;
    double siemens = perfect ? 0 : 1 / wires.columnSegmentOhms();
    int columns = cells.columns;
    int firstBit = equations.bit(0, 0);
    if (perfect) {
      Arrays.fill(amps, firstBit, amps.length, 0);
      System.arraycopy(cells.columnAmps, 0, amps, equations.bit(cells.rows - 1, 0), columns);
    } else {
      System.arraycopy(cells.amps, 0, amps, firstBit, cells.amps.length);
      for (int node = firstBit; node < amps.length - columns; node++) {
        double along = siemens * (deviations[node] - deviations[node + columns]);
        amps[node] -= along;
        amps[node + columns] += along;
      }
    }
    for (int column = 0; column < columns; column++) {
      int last = equations.bit(cells.rows - 1, column);
      if (equations.holdsColumn(column)) {
        amps[last] = 0;
      } else if (equations.columnDriven()[column]) {
        amps[last] -= deviations[last] / wires.columnTerminalOhms();
      }
    }
  }

  private double largestShare(double[] amps) {
    double largest = 0;
    for (int row = 0; row < cells.rows; row++) {
      for (int column = 0; column < cells.columns; column++) {
        double word = Cells.share(amps[equations.word(row, column)], cells.rowScale[row]);
        double bit = Cells.share(amps[equations.bit(row, column)], cells.columnScale[column]);
        largest = Math.max(largest, Math.max(word, bit));
      }
    }
    return largest;
  }

  @Override
  public void step(double[] amps, double[] step) {
    if (solves(solver, cells.slopes, amps, step)) {
      return;
    }
    // Iterations may stall where cells differ by many decades; factors then still serve.
    if (plain == null) {
      plain = new SparseCholesky(equations);
    }
    if (solves(plain, cells.slopes, amps, step)) {
      return;
    }
    // What holds a floating line may be lost in rounding beside its wires.
    // Held a little tighter it moves too little, but the right way.
    double least = ROUNDED / leastOhms();
    double[] held = Arrays.stream(cells.slopes).map(slope -> Math.max(slope, least)).toArray();
    if (!solves(plain, held, amps, step)) {
      throw new ArithmeticException(
          "the cells of the array differ by too many decades to be solved for: slopes up to %s S"
              .formatted(Arrays.stream(cells.slopes).max().orElse(0)));
    }
  }

  private static boolean solves(LinearSolver by, double[] slopes, double[] amps, double[] step) {
    try {
      by.conductances(slopes);
      Arrays.fill(step, 0);
      by.solve(amps, step);
      return Double.isFinite(Arrays.stream(step).sum());
    } catch (ArithmeticException stalled) {
      return false;
    }
  }

  private double leastOhms() {
    return DoubleStream.of(
            wires.rowSegmentOhms(),
            wires.columnSegmentOhms(),
            wires.rowDriverOhms(),
            wires.columnTerminalOhms())
        .filter(ohms -> ohms > 0)
        .min()
        .orElseThrow();
  }
}
