package org.mortal.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mortal measure`: benchmarks, each beside its limit in the same run.
@Command(
    name = "measure",
    description = "Runs a benchmark, beside its limit in the same run.",
    subcommands = {
      MeasureMvmCommand.class,
      MeasureWiresCommand.class,
      MeasureCalibrateCommand.class,
      MeasureRulesCommand.class,
      MeasureLinkCommand.class,
      MeasureFfmCommand.class,
      MeasureFaultsCommand.class
    },
    footer = {"", "Example:", "  bench/mortal measure mvm"})
public final class MeasureCommand implements Runnable {
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
        "no benchmark given: choose one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
