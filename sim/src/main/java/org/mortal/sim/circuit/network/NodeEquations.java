package org.mortal.sim.circuit.network;

import java.util.ArrayDeque;
import org.mortal.sim.circuit.Wires;

/// The resistor network of one array, but for the conductances of its cells and the voltages at its terminals.
///
/// A driven line ends in a source behind the driver's or the terminal's resistance; a line that floats ends open.
///
/// @param rowDriven for each row, whether its word line is connected to a source
/// @param columnDriven for each column, whether its bit line is connected to a source or virtual ground
public record NodeEquations(
    int rows, int columns, Wires wires, boolean[] rowDriven, boolean[] columnDriven) {

  public NodeEquations {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "an array needs at least 1 x 1 cells, not %d x %d".formatted(rows, columns));
    }
    if (rowDriven.length != rows || columnDriven.length != columns) {
      throw new IllegalArgumentException(
          "%d x %d cells have as many lines, not %d x %d"
              .formatted(rows, columns, rowDriven.length, columnDriven.length));
    }
    if (2L * rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("%d x %d cells are too many".formatted(rows, columns));
    }
    rowDriven = rowDriven.clone();
    columnDriven = columnDriven.clone();
  }

  /// All rows driven and all columns sensed.
  public static NodeEquations read(int rows, int columns, Wires wires) {
    return of(wires, Terminals.read(new double[rows], columns));
  }

  /// The network that belongs to `terminals`: lines at NaN float.
  public static NodeEquations of(Wires wires, Terminals terminals) {
    return new NodeEquations(
        terminals.rowVolts().length,
        terminals.columnVolts().length,
        wires,
        terminals.rowDriven(),
        terminals.columnDriven());
  }

  public int cells() {
    return rows * columns;
  }

  public int nodes() {
    return 2 * cells();
  }

  /// The node of word line `row` at `column`.
  public int word(int row, int column) {
    return row * columns + column;
  }

  /// The node of bit line `column` at `row`.
  public int bit(int row, int column) {
    return cells() + row * columns + column;
  }

  /// Whether a source holds the first node of its word line without any resistance.
  public boolean holdsRow(int row) {
    return rowDriven[row] && wires.rowDriverOhms() == 0;
  }

  /// Whether a source holds the last node of its bit line without any resistance.
  public boolean holdsColumn(int column) {
    return columnDriven[column] && wires.columnTerminalOhms() == 0;
  }

  /// Adds to `amps` what the sources inject through their resistances, and writes into `volts` the nodes that they hold
  /// without any.
  public void inject(Terminals terminals, double[] amps, double[] volts) {
    for (int i = 0; i < rows; i++) {
      if (holdsRow(i)) {
        volts[word(i, 0)] = terminals.rowVolts()[i];
      } else if (rowDriven[i]) {
        amps[word(i, 0)] += terminals.rowVolts()[i] / wires.rowDriverOhms();
      }
    }
    for (int j = 0; j < columns; j++) {
      if (holdsColumn(j)) {
        volts[bit(rows - 1, j)] = terminals.columnVolts()[j];
      } else if (columnDriven[j]) {
        amps[bit(rows - 1, j)] += terminals.columnVolts()[j] / wires.columnTerminalOhms();
      }
    }
  }

  /// The current out of each column: what its cells carry into it.
  ///
  /// @param volts at all nodes
  public double[] columnAmps(double[] cellSiemens, double[] volts) {
    double[] amps = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double across = volts[word(i, j)] - volts[bit(i, j)];
        amps[j] += cellSiemens[i * columns + j] * across;
      }
    }
    return amps;
  }

  /// Which lines to tie to ground because nothing else defines their voltages: the first of each group that cells connect
  /// with each other but not with anything driven.
  ///
  /// @return one for each row, then one for each column
  boolean[] ties(double[] cellSiemens) {
    boolean[] tied = new boolean[rows + columns];
    boolean[] reached = new boolean[rows + columns];
    if (!floats()) {
      return tied;
    }
    for (int line = 0; line < reached.length; line++) {
      if (driven(line)) {
        reach(line, cellSiemens, reached);
      }
    }
    for (int line = 0; line < reached.length; line++) {
      if (!reached[line]) {
        tied[line] = true;
        reach(line, cellSiemens, reached);
      }
    }
    return tied;
  }

  private boolean floats() {
    for (int line = 0; line < rows + columns; line++) {
      if (!driven(line)) {
        return true;
      }
    }
    return false;
  }

  private boolean driven(int line) {
    return line < rows ? rowDriven[line] : columnDriven[line - rows];
  }

  private void reach(int from, double[] cellSiemens, boolean[] reached) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(from);
    reached[from] = true;
    while (!open.isEmpty()) {
      int line = open.remove();
      boolean word = line < rows;
      for (int k = 0; k < (word ? columns : rows); k++) {
        int cell = word ? line * columns + k : k * columns + line - rows;
        int other = word ? rows + k : k;
        if (!reached[other] && cellSiemens[cell] > 0) {
          reached[other] = true;
          open.add(other);
        }
      }
    }
  }

  /// Throws unless there is one conductance of 0 S or more for each cell.
  void check(double[] cellSiemens) {
    if (cellSiemens.length != cells()) {
      throw new IllegalArgumentException(
          "%d x %d cells need as many conductances, not %d"
              .formatted(rows, columns, cellSiemens.length));
    }
    for (int k = 0; k < cellSiemens.length; k++) {
      check(cellSiemens[k], k / columns, k % columns);
    }
  }

  static void check(double siemens, int row, int column) {
    if (!(siemens >= 0 && Double.isFinite(siemens))) {
      throw new IllegalArgumentException(
          "a cell's conductance must be 0 S or more, not %s at row %d, column %d"
              .formatted(siemens, row, column));
    }
  }
}
