package org.mortal.bench.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.bench.book.CalibrationEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal book calibrations`: calibrations of the lab book.
@Command(
    name = "calibrations",
    description = "Lists the calibrations of the lab book, the last first.",
    footer = {"", "Example:", "  bench/mortal book calibrations"})
public final class BookCalibrationsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(names = "--chip", paramLabel = "ID", description = "Only those of this chip.")
  private String chip;

  record Result(List<CalibrationEntry> calibrations) {}

  @Override
  public Integer call() {
    Result result =
        new Result(
            BookCommand.open(common).calibrations().stream()
                .filter(one -> chip == null || chip.equals(one.chipId()))
                .toList());
    return common.finish(result, BookTables.calibrations(result.calibrations()));
  }
}
