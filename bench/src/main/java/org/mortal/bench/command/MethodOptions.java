package org.mortal.bench.command;

import org.mortal.bench.program.Recipe;
import picocli.CommandLine.Option;

/// The settings of methods of programming, on the command line.
final class MethodOptions {
  @Option(
      names = "--start-volts",
      paramLabel = "V",
      defaultValue = "0",
      description = "First amplitude of rising pulses; default: the data sheet's.")
  private double startVolts;

  @Option(
      names = "--volts-step",
      paramLabel = "V",
      defaultValue = "0.1",
      description = "By how much they rise; default: ${DEFAULT-VALUE}.")
  private double stepVolts;

  @Option(
      names = "--most-volts",
      paramLabel = "V",
      defaultValue = "0",
      description = "Their highest amplitude; default: the array's limit.")
  private double mostVolts;

  @Option(
      names = "--settle-seconds",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "How long relaxation-aware and multi-device leave cells to relax; default: ${DEFAULT-VALUE}.")
  private double settleSeconds;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Pulses without a move after which a cell counts as stuck, more where the data sheet's step is small;"
              + " default: ${DEFAULT-VALUE}.")
  private int patience;

  /// @param rounds 0 for as many as the method needs
  Recipe recipe(CommonOptions common, int reads, int rounds) {
    try {
      return new Recipe(reads, rounds, startVolts, stepVolts, mostVolts, settleSeconds, patience);
    } catch (IllegalArgumentException e) {
      throw common.wrong(e.getMessage());
    }
  }
}
