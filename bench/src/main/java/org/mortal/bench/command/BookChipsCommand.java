package org.mortal.bench.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mortal book chips`: all chips of the lab book.
@Command(
    name = "chips",
    description = "Lists the chips of the lab book, those seen last first.",
    footer = {"", "Example:", "  bench/mortal book chips"})
public final class BookChipsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  record Result(List<BookTables.ChipRow> chips) {}

  @Override
  public Integer call() {
    Result result = new Result(BookTables.chipRows(BookCommand.open(common)));
    return common.finish(result, BookTables.chips(result.chips()));
  }
}
