package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.mortal.sim.circuit.Wires;

/// A circuit whose lines have no resistance along them: each line is one node, and only lines that float or that sit behind
/// a resistance are unknown.
final class LineNetwork implements Unknowns {
  private final Cells cells;
  private final Lines rowLines;
  private final Lines columnLines;
  private final int unknowns;
  private final DMatrixRMaj matrix;

  /// The lines of one direction.
  ///
  /// @param volts that deviations count from: the source's, or a guess where the line floats
  /// @param siemens to the source; 0 for a floating line, infinite for one that has the source's voltage
  /// @param unknown the line's number among the unknowns, or -1
  private record Lines(double[] volts, double[] siemens, int[] unknown) {
    static Lines of(double[] terminalVolts, double guess, double terminalOhms, int firstUnknown) {
      int lines = terminalVolts.length;
      Lines made = new Lines(terminalVolts.clone(), new double[lines], new int[lines]);
      int next = firstUnknown;
      for (int line = 0; line < lines; line++) {
        boolean floating = Double.isNaN(terminalVolts[line]);
        made.volts[line] = floating ? guess : terminalVolts[line];
        made.siemens[line] = floating ? 0 : 1 / terminalOhms;
        made.unknown[line] = floating || terminalOhms > 0 ? next++ : -1;
      }
      return made;
    }

    int count() {
      return (int) Arrays.stream(unknown).filter(number -> number >= 0).count();
    }

    double deviation(int line, double[] deviations) {
      return unknown[line] < 0 ? 0 : deviations[unknown[line]];
    }

    /// The largest share of surplus; `sign` is plus for lines that take up the current of their cells.
    double surplus(
        double[] deviations, double[] cellAmps, double sign, double[] scale, double[] amps) {
      double largest = 0;
      for (int line = 0; line < unknown.length; line++) {
        if (unknown[line] >= 0) {
          double left = sign * cellAmps[line] - siemens[line] * deviations[unknown[line]];
          amps[unknown[line]] = left;
          largest = Math.max(largest, Cells.share(left, scale[line]));
        }
      }
      return largest;
    }
  }

  LineNetwork(Cells cells, Wires wires, Terminals terminals) {
    this.cells = cells;
    double guess = meanVolts(terminals);
    rowLines = Lines.of(terminals.rowVolts(), guess, wires.rowDriverOhms(), 0);
    columnLines =
        Lines.of(terminals.columnVolts(), guess, wires.columnTerminalOhms(), rowLines.count());
    unknowns = rowLines.count() + columnLines.count();
    matrix = new DMatrixRMaj(unknowns, unknowns);
  }

  @Override
  public int unknowns() {
    return unknowns;
  }

  @Override
  public double surplus(double[] deviations, double[] amps) {
    for (int row = 0; row < cells.rows; row++) {
      double deviation = rowLines.deviation(row, deviations);
      for (int column = 0; column < cells.columns; column++) {
        cells.volts[row * cells.columns + column] =
            (rowLines.volts[row] - columnLines.volts[column])
                + (deviation - columnLines.deviation(column, deviations));
      }
    }
    cells.solve();
    return Math.max(
        rowLines.surplus(deviations, cells.rowAmps, -1, cells.rowScale, amps),
        columnLines.surplus(deviations, cells.columnAmps, 1, cells.columnScale, amps));
  }

  @Override
  public void arrive(double[] deviations) {
    // Nothing depends on differences along a line, which alone would gain digits.
  }

  @Override
  public void step(double[] amps, double[] step) {
    matrix.zero();
    addTerminals(rowLines);
    addTerminals(columnLines);
    for (int row = 0; row < cells.rows; row++) {
      for (int column = 0; column < cells.columns; column++) {
        addCell(
            rowLines.unknown[row],
            columnLines.unknown[column],
            cells.slopes[row * cells.columns + column]);
      }
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(unknowns);
    if (!solver.setA(matrix)) {
      throw new ArithmeticException(
          "the floating lines of the array cannot be solved for: its cells differ by too many decades");
    }
    solver.solve(DMatrixRMaj.wrap(unknowns, 1, amps), DMatrixRMaj.wrap(unknowns, 1, step));
  }

  /// Where deviations of a circuit with wires may count from: the source's voltage, or what was found for a floating line.
  Terminals base(double[] deviations) {
    return new Terminals(base(rowLines, deviations), base(columnLines, deviations));
  }

  private static double[] base(Lines lines, double[] deviations) {
    double[] volts = lines.volts.clone();
    for (int line = 0; line < volts.length; line++) {
      volts[line] += lines.siemens[line] == 0 ? lines.deviation(line, deviations) : 0;
    }
    return volts;
  }

  private static double meanVolts(Terminals terminals) {
    return DoubleStream.concat(
            Arrays.stream(terminals.rowVolts()), Arrays.stream(terminals.columnVolts()))
        .filter(volts -> !Double.isNaN(volts))
        .average()
        .orElse(0);
  }

  private void addTerminals(Lines lines) {
    for (int line = 0; line < lines.unknown.length; line++) {
      int unknown = lines.unknown[line];
      if (unknown >= 0) {
        matrix.add(unknown, unknown, lines.siemens[line]);
      }
    }
  }

  private void addCell(int rowUnknown, int columnUnknown, double siemens) {
    if (rowUnknown >= 0) {
      matrix.add(rowUnknown, rowUnknown, siemens);
    }
    if (columnUnknown >= 0) {
      matrix.add(columnUnknown, columnUnknown, siemens);
    }
    if (rowUnknown >= 0 && columnUnknown >= 0) {
      matrix.set(rowUnknown, columnUnknown, -siemens);
      matrix.set(columnUnknown, rowUnknown, -siemens);
    }
  }
}
