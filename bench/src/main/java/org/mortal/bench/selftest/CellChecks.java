package org.mortal.bench.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mortal.bench.report.Units;
import org.mortal.chip.Cell;
import org.mortal.chip.Limits;

/// What a trial of all cells says of lines, cells and multiplexers.
final class CellChecks {
  /// Cells at or above this many windows over the lowest conductance are shorts; gains of sound cells lie far below.
  private static final double SHORT_WINDOWS = 3;

  /// And so is what all but saturates the amplifier.
  private static final double SHORT_SHARE = 0.9;

  /// A line conducts if its cells do by this part of the move, on average.
  private static final double CONDUCTS = 0.1;

  /// A cell has moved if it did by this part of the move.
  private static final double MOVED = 0.3;

  private final CellTrial trial;
  private final Limits limits;
  private final int array;
  private final int rows;
  private final int columns;
  private final boolean[] openRow;
  private final boolean[] openColumn;

  /// @param trial whose cells are raised
  CellChecks(CellTrial trial, ArrayProbe probe, int array) {
    this.trial = trial;
    this.limits = probe.limits();
    this.array = array;
    this.rows = probe.geometry().rows();
    this.columns = probe.geometry().columns();
    this.openRow = new boolean[rows];
    this.openColumn = new boolean[columns];
    findOpenLines();
  }

  private void findOpenLines() {
    double[] rowSum = new double[rows];
    double[] columnSum = new double[columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        rowSum[r] += trial.raised()[r][c];
        columnSum[c] += trial.raised()[r][c];
      }
    }
    for (int r = 0; r < rows; r++) {
      openRow[r] = rowSum[r] / columns < openSiemens();
    }
    for (int c = 0; c < columns; c++) {
      openColumn[c] = columnSum[c] / rows < openSiemens();
    }
  }

  private double openSiemens() {
    return CONDUCTS * trial.moveSiemens();
  }

  /// Rows that conduct, from the first on, whose currents fill half of what the outputs can tell apart.
  boolean[] rowsForRamp() {
    boolean[] driven = new boolean[rows];
    double amps = 0;
    for (int r = 0; r < rows && amps < limits.fullScaleAmps() / 2; r++) {
      driven[r] = !openRow[r];
      for (int c = 0; driven[r] && c < columns; c++) {
        amps += limits.maxReadVolts() * trial.raised()[r][c] / columns;
      }
    }
    return driven;
  }

  /// @param stuckShare of the cells that may be stuck
  List<Check> checks(double stuckShare) {
    boolean[] stuckRow = new boolean[rows];
    boolean[] stuckColumn = new boolean[columns];
    for (int r = 0; r < rows; r++) {
      int row = r;
      stuckRow[r] = !openRow[r] && mostAreStuck(columns, c -> isStuck(row, c));
    }
    for (int c = 0; c < columns; c++) {
      int column = c;
      stuckColumn[c] = !openColumn[c] && mostAreStuck(rows, r -> isStuck(r, column));
    }
    String still = "whose cells do not answer to pulses";
    return List.of(
        mux(),
        shorts(),
        lines("open-rows", openRow, "rows that conduct nothing"),
        lines("open-columns", openColumn, "columns that conduct nothing"),
        lines("stuck-rows", stuckRow, "rows " + still),
        lines("stuck-columns", stuckColumn, "columns " + still),
        stuckCells(stuckRow, stuckColumn, stuckShare));
  }

  private boolean isStuck(int row, int column) {
    return trial.answer(row, column) < MOVED * trial.moveSiemens();
  }

  /// Whether a cell was seen to move, so that it can be brought back.
  boolean answers(int row, int column) {
    return trial.stepSiemens(row, column) > MOVED * limits.write().stepSiemens();
  }

  private static boolean mostAreStuck(int cells, IntPredicate stuck) {
    return 2 * IntStream.range(0, cells).filter(stuck).count() > cells;
  }

  private Check shorts() {
    double most =
        Math.min(
            limits.minSiemens() + SHORT_WINDOWS * limits.windowSiemens(),
            SHORT_SHARE * limits.fullScaleAmps() / limits.maxReadVolts());
    List<Cell> found = cells((r, c) -> trial.before()[r][c] >= most);
    return cellCheck("shorts", found, 0, "cells of at least " + Units.format(most, "S"));
  }

  private Check lines(String name, boolean[] bad, String what) {
    int[] found = IntStream.range(0, bad.length).filter(i -> bad[i]).toArray();
    return Check.atMost(name, array, found.length, 0, Places.describe(found, what));
  }

  /// Lines that fail as a whole are counted there. What a share of stuck cells makes in an array this small scatters, so
  /// three standard deviations of counting are allowed on top.
  private Check stuckCells(boolean[] stuckRow, boolean[] stuckColumn, double share) {
    List<Cell> found =
        cells((r, c) ->
            !(openRow[r] || openColumn[c] || stuckRow[r] || stuckColumn[c]) && isStuck(r, c));
    double expected = share * rows * columns;
    double most = Math.floor(expected + 3 * Math.sqrt(expected));
    return cellCheck("stuck-cells", found, most, "cells that do not answer to pulses");
  }

  /// Whether pulses reach the cells that they are meant for, and no others.
  Check mux() {
    double most = MOVED * trial.moveSiemens();
    List<Cell> found = cells((r, c) -> Math.abs(trial.strayed(r, c)) > most);
    return cellCheck("mux", found, 0, "cells that changed when others were pulsed");
  }

  private Check cellCheck(String name, List<Cell> found, double most, String what) {
    String detail =
        found.isEmpty()
            ? "no " + what
            : "%d %s, the first at %s".formatted(found.size(), what, found.getFirst());
    return Check.atMost(name, array, found.size(), most, detail);
  }

  private interface CellPredicate {
    boolean test(int row, int column);
  }

  private List<Cell> cells(CellPredicate bad) {
    List<Cell> found = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (bad.test(r, c)) {
          found.add(new Cell(r, c));
        }
      }
    }
    return found;
  }
}
