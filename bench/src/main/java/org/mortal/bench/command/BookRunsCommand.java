package org.mortal.bench.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.RunEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal book runs`: runs of the lab book.
@Command(
    name = "runs",
    description = "Lists the runs of the lab book, the last first.",
    footer = {"", "Example:", "  bench/mortal book runs --since 2026-11-01"})
public final class BookRunsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(names = "--chip", paramLabel = "ID", description = "Only runs on this chip.")
  private String chip;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Only runs that began then or later: 2026-11-22, or 2026-11-22T09:30.")
  private String since;

  record Result(List<RunEntry> runs) {}

  @Override
  public Integer call() {
    String earliest = since == null ? "" : BookCompareCommand.time(common, BookTime::from, since);
    Result result =
        new Result(
            BookCommand.open(common).runs().stream()
                .filter(run -> chip == null || chip.equals(run.chipId()))
                .filter(run -> run.started().compareTo(earliest) >= 0)
                .toList());
    return common.finish(result, BookTables.runs(result.runs()));
  }
}
