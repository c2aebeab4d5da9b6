package org.mortal.bench.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.book.CalibrationEntry;
import org.mortal.bench.book.ChipEntry;
import org.mortal.bench.book.RunEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mortal book`: what the lab book says of chips, calibrations and runs.
@Command(
    name = "book",
    description = {
      "Prints the lab book: chips with what was given to their cells, calibrations and the last runs.",
      "Commands below it list more of it, compare dates and export it."
    },
    subcommands = {
      BookChipsCommand.class,
      BookRunsCommand.class,
      BookCalibrationsCommand.class,
      BookWearCommand.class,
      BookCompareCommand.class,
      BookExportCommand.class
    },
    footer = {
      "",
      "The book is a file beside the run folders, unless --book or MORTAL_BOOK names another or a",
      "PostgreSQL database that several benches share:",
      "  jdbc:postgresql://HOST/DATABASE?user=NAME&password=WORD",
      "",
      "Example:",
      "  bench/mortal book"
    })
public final class BookCommand implements Callable<Integer> {
  /// The runs that a terminal shows; JSON has all.
  private static final int SHOWN = 10;

  @Mixin private CommonOptions common;

  /// @param book where it is
  record Result(
      String book,
      List<BookTables.ChipRow> chips,
      List<CalibrationEntry> calibrations,
      List<RunEntry> runs) {}

  @Override
  public Integer call() {
    Book book = open(common);
    Result result =
        new Result(
            place(common).toString(), BookTables.chipRows(book), book.calibrations(), book.runs());
    List<RunEntry> last = result.runs().stream().limit(SHOWN).toList();
    String text =
        "%s%n%n%s%n%s%n%s%s"
            .formatted(
                result.book(),
                BookTables.chips(result.chips()),
                BookTables.calibrations(result.calibrations()),
                BookTables.runs(last),
                last.size() < result.runs().size()
                    ? "the last %d of %d runs; 'book runs' lists all%n"
                        .formatted(last.size(), result.runs().size())
                    : "");
    return common.finish(result, text);
  }

  /// The book that a call means, which must be there.
  static Book open(CommonOptions common) {
    return Book.openExisting(place(common));
  }

  private static BookPlace place(CommonOptions common) {
    return common
        .book()
        .orElseThrow(
            () -> common.wrong("there is no book to show with 'none': name one with --book"));
  }

  /// The chip of that serial number.
  static ChipEntry chip(CommonOptions common, Book book, String id) {
    return book.chip(id)
        .orElseThrow(() ->
            common.wrong(
                "the lab book has no chip '%s'; 'book chips' lists those it has".formatted(id)));
  }
}
