package org.mortal.bench.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.mortal.bench.book.ArrayWear;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.CalibrationEntry;
import org.mortal.bench.book.ChipEntry;
import org.mortal.bench.book.RunEntry;
import org.mortal.bench.book.WearEntry;
import org.mortal.bench.calibrate.check.Change;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;

/// What the lab book holds, as tables for the terminal.
final class BookTables {
  private BookTables() {}

  /// A chip with all that was given to its cells.
  ///
  /// @param runs of commands on it alone; those on several chips name none
  /// @param complete false where a fault left open how many pulses were given beside these
  record ChipRow(
      @JsonUnwrapped ChipEntry chip,
      long runs,
      long setPulses,
      long resetPulses,
      long programmedPulses,
      boolean complete) {}

  /// What was given to one array.
  ///
  /// @param cellsPulsed how many cells took any pulse
  /// @param mostPulses of any cell
  /// @param mostRow of that cell
  /// @param mostColumn of that cell
  record ArrayRow(
      int array,
      int rows,
      int columns,
      long setPulses,
      long resetPulses,
      long programmedPulses,
      int cellsPulsed,
      long mostPulses,
      int mostRow,
      int mostColumn,
      boolean complete) {

    static ArrayRow of(ArrayWear wear) {
      int most = 0;
      int pulsed = 0;
      long set = 0;
      long reset = 0;
      long programmed = 0;
      for (int cell = 0; cell < wear.wear().cells(); cell++) {
        set += wear.wear().set()[cell];
        reset += wear.wear().reset()[cell];
        programmed += wear.wear().programmed()[cell];
        pulsed += wear.wear().total(cell) > 0 ? 1 : 0;
        most = wear.wear().total(cell) > wear.wear().total(most) ? cell : most;
      }
      return new ArrayRow(
          wear.array(),
          wear.rows(),
          wear.columns(),
          set,
          reset,
          programmed,
          pulsed,
          wear.wear().total(most),
          most / wear.columns(),
          most % wear.columns(),
          wear.complete());
    }
  }

  static List<ChipRow> chipRows(Book book) {
    List<WearEntry> wear = book.wear();
    List<RunEntry> runs = book.runs();
    return book.chips().stream().map(chip -> row(chip, wear, runs)).toList();
  }

  private static ChipRow row(ChipEntry chip, List<WearEntry> all, List<RunEntry> runs) {
    List<WearEntry> wear = all.stream().filter(entry -> entry.chipId().equals(chip.id())).toList();
    return new ChipRow(
        chip,
        runs.stream().filter(run -> chip.id().equals(run.chipId())).count(),
        wear.stream().mapToLong(WearEntry::setPulses).sum(),
        wear.stream().mapToLong(WearEntry::resetPulses).sum(),
        wear.stream().mapToLong(WearEntry::programmedPulses).sum(),
        wear.stream().allMatch(WearEntry::complete));
  }

  static String chips(List<ChipRow> rows) {
    if (rows.isEmpty()) {
      return "no chips yet\n";
    }
    TextTable table =
        new TextTable(
            "chip",
            "array",
            "runs",
            "SET",
            "RESET",
            "programmed",
            "first seen",
            "last seen",
            "address");
    for (ChipRow row : rows) {
      table.add(
          row.chip().id(),
          "%d x %d".formatted(row.chip().rowCount(), row.chip().columnCount()),
          String.valueOf(row.runs()),
          row.setPulses() + mark(row.complete()),
          String.valueOf(row.resetPulses()),
          String.valueOf(row.programmedPulses()),
          BookTime.show(row.chip().firstSeen()),
          BookTime.show(row.chip().lastSeen()),
          row.chip().address());
    }
    return table + note(rows.stream().allMatch(ChipRow::complete));
  }

  static String runs(List<RunEntry> runs) {
    if (runs.isEmpty()) {
      return "no runs yet\n";
    }
    TextTable table = new TextTable("run", "command", "seconds", "chip", "host", "folder");
    for (RunEntry run : runs) {
      table.add(
          BookTime.show(run.started()),
          run.command() + (run.interrupted() ? ", not ended" : ""),
          "%.1f".formatted(run.seconds()),
          run.chipId() == null ? "-" : run.chipId(),
          run.host(),
          run.folder());
    }
    return table.toString();
  }

  static String calibrations(List<CalibrationEntry> calibrations) {
    if (calibrations.isEmpty()) {
      return "no calibrations yet\n";
    }
    TextTable table =
        new TextTable("calibration", "chip", "target", "expires", "temperature", "quality", "file");
    for (CalibrationEntry one : calibrations) {
      table.add(
          BookTime.show(one.made()),
          one.chipId(),
          one.target(),
          one.expires() == null ? "never" : BookTime.show(one.expires()),
          one.kelvin() == null ? "-" : "%.1f K".formatted(one.kelvin()),
          one.quality(),
          one.file());
    }
    return table.toString();
  }

  static String changes(List<Change> changes) {
    if (changes.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable("array", "quantity", "values", "median change", "worst", "beyond error");
    for (Change change : changes) {
      table.add(
          String.valueOf(change.array()),
          change.quantity(),
          String.valueOf(change.count()),
          Units.format(change.median(), change.unit()),
          Units.format(change.worst(), change.unit()),
          change.beyondError() == null ? "-" : change.beyondError().toString());
    }
    return table.toString();
  }

  static String arrays(List<ArrayRow> rows) {
    if (rows.isEmpty()) {
      return "no pulses\n";
    }
    TextTable table =
        new TextTable(
            "array", "SET", "RESET", "programmed", "cells pulsed", "most to one cell", "at");
    for (ArrayRow row : rows) {
      table.add(
          String.valueOf(row.array()),
          row.setPulses() + mark(row.complete()),
          String.valueOf(row.resetPulses()),
          String.valueOf(row.programmedPulses()),
          "%d of %d".formatted(row.cellsPulsed(), row.rows() * row.columns()),
          String.valueOf(row.mostPulses()),
          "row %d, column %d".formatted(row.mostRow(), row.mostColumn()));
    }
    return table + note(rows.stream().allMatch(ArrayRow::complete));
  }

  private static String mark(boolean complete) {
    return complete ? "" : " *";
  }

  private static String note(boolean complete) {
    return complete ? "" : "* at least: a fault left open how many pulses some cells took\n";
  }
}
