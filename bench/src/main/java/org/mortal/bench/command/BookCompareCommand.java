package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.CalibrationEntry;
import org.mortal.bench.book.RunEntry;
import org.mortal.bench.calibrate.check.Change;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.run.RunException;
import org.mortal.chip.calibrated.Calibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal book compare CHIP --dates A,B`: what a chip went through between two dates.
@Command(
    name = "compare",
    description =
        "Prints the runs and the wear of a chip between two dates, and its calibrations at both.",
    footer = {
      "",
      "A date alone means the end of that day, so that two of them compare what there was by then.",
      "",
      "Example:",
      "  bench/mortal book compare hfox-256x256-1 --dates 2026-11-01,2026-11-22"
    })
public final class BookCompareCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "CHIP", description = "Its id, as 'book chips' lists it.")
  private String chip;

  @Option(
      names = "--dates",
      paramLabel = "A,B",
      required = true,
      split = ",",
      description = "Two dates, as 2026-11-22 or 2026-11-22T09:30, the earlier first.")
  private List<String> dates;

  /// The calibrations of one target that were in force at the two dates.
  ///
  /// @param earlier or null where there was none
  /// @param changes from one to the other, none where there is one alone or a file cannot be read
  /// @param note why there are none, or null
  record Pair(
      String target,
      CalibrationEntry earlier,
      CalibrationEntry later,
      List<Change> changes,
      String note) {

    static Pair of(String target, CalibrationEntry earlier, CalibrationEntry later) {
      if (earlier == null || later == null || earlier.equals(later)) {
        return new Pair(target, earlier, later, List.of(), null);
      }
      try {
        List<Change> changes = Change.between(content(earlier), content(later));
        return new Pair(target, earlier, later, changes, null);
      } catch (RunException e) {
        return new Pair(target, earlier, later, List.of(), e.getMessage());
      }
    }

    private static Calibration content(CalibrationEntry entry) {
      CalibrationFile file = CalibrationFile.read(Path.of(entry.file()));
      if (!file.sha256().equals(entry.sha256())) {
        throw new RunException(
            "%s holds another calibration now than when it was entered".formatted(entry.file()),
            null);
      }
      return file.calibration();
    }
  }

  /// @param after time of the book
  /// @param until time of the book
  record Result(
      String chip,
      String after,
      String until,
      List<BookTables.ArrayRow> arrays,
      List<RunEntry> runs,
      List<Pair> calibrations) {}

  @Override
  public Integer call() {
    if (dates.size() != 2) {
      throw common.wrong("--dates takes two dates, not %d".formatted(dates.size()));
    }
    String after = time(common, BookTime::until, dates.getFirst());
    String until = time(common, BookTime::until, dates.getLast());
    if (after.compareTo(until) >= 0) {
      throw common.wrong("--dates takes the earlier date first, and two different ones");
    }
    Book book = BookCommand.open(common);
    BookCommand.chip(common, book, chip);
    Result result =
        new Result(
            chip,
            after,
            until,
            book.wear(chip, after, until).stream().map(BookTables.ArrayRow::of).toList(),
            book.runs().stream()
                .filter(run -> chip.equals(run.chipId()))
                .filter(run -> run.started().compareTo(after) > 0)
                .filter(run -> run.started().compareTo(until) <= 0)
                .toList(),
            pairs(book, after, until));
    return common.finish(result, text(result));
  }

  /// The time that an option names.
  static String time(CommonOptions common, UnaryOperator<String> reading, String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw common.wrong(e.getMessage());
    }
  }

  private List<Pair> pairs(Book book, String after, String until) {
    List<CalibrationEntry> own =
        book.calibrations().stream().filter(one -> one.chipId().equals(chip)).toList();
    return own.stream()
        .map(CalibrationEntry::target)
        .distinct()
        .map(target -> Pair.of(target, last(own, target, after), last(own, target, until)))
        .filter(pair -> pair.later() != null)
        .toList();
  }

  /// They come the last first.
  private static CalibrationEntry last(List<CalibrationEntry> all, String target, String until) {
    return all.stream()
        .filter(one -> one.target().equals(target) && one.made().compareTo(until) <= 0)
        .findFirst()
        .orElse(null);
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s from %s to %s%n%n%s%n%s"
            .formatted(
                result.chip(),
                BookTime.show(result.after()),
                BookTime.show(result.until()),
                BookTables.arrays(result.arrays()),
                BookTables.runs(result.runs())));
    for (Pair pair : result.calibrations()) {
      text.append("%n%s%n  %s%n".formatted(pair.target(), quality(pair.earlier())));
      if (!Objects.equals(pair.earlier(), pair.later())) {
        text.append("  %s%n".formatted(quality(pair.later())));
      }
      text.append(pair.note() == null ? BookTables.changes(pair.changes()) : pair.note() + "\n");
    }
    return text.toString();
  }

  private static String quality(CalibrationEntry one) {
    return one == null
        ? "none by the earlier date"
        : "%s  %s".formatted(BookTime.show(one.made()), one.quality());
  }
}
