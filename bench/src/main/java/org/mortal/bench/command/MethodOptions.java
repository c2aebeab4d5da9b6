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
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Times that relaxation-aware comes back to cells that have moved away; default:"
              + " ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--settle-seconds",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "How long it leaves cells before that, and multi-device before the next device; default:"
              + " ${DEFAULT-VALUE}.")
  private double settleSeconds;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "2",
      description = "Arrays that multi-device takes; default: ${DEFAULT-VALUE}.")
  private int devices;

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
      return new Recipe(
          reads,
          rounds,
          startVolts,
          stepVolts,
          mostVolts,
          repeats,
          settleSeconds,
          devices,
          patience);
    } catch (IllegalArgumentException e) {
      throw common.wrong(e.getMessage());
    }
  }
}
