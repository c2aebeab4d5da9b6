package org.mortal.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mortal data`: public data sets.
@Command(
    name = "data",
    description = "Fetches public data sets.",
    subcommands = DataMnistCommand.class,
    footer = {"", "Example:", "  bench/mortal data mnist --to data"})
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no data set given: choose one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
