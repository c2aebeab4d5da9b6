package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.program.Method;
import org.mortal.bench.program.Methods;
import org.mortal.bench.program.Recipe;
import org.mortal.bench.program.Targets;
import org.mortal.bench.program.Trial;
import org.mortal.chip.ChipRange;
import picocli.CommandLine.Option;

/// Which methods of programming on which chips, and their settings.
final class MethodOptions {
  private static final int MINUTE = 60;

  @Option(
      names = "--method",
      paramLabel = "A,B",
      split = ",",
      completionCandidates = Names.class,
      description =
          "How, by the host: ${COMPLETION-CANDIDATES}; a number says how often relaxation-aware:3 and mvm:3 come back to"
              + " cells, or how many arrays multi-device:2 takes; default: the chip's own closed loop, as step. The options below"
              + " go with it.")
  private List<String> methods = List.of();

  @Option(
      names = "--chips",
      paramLabel = "CHIPS",
      description = "An address with a range of seeds, in the place of CHIP.")
  private String chips;

  @Option(
      names = "--accept",
      paramLabel = "S",
      description =
          "Siemens; how near cells must be when they are judged afterwards; default: the tolerance.")
  private Double accept;

  @Option(
      names = "--spare-worn",
      paramLabel = "N",
      description =
          "Give no cell more pulses than make N with those in the lab book; default: no limit.")
  private Long mostWear;

  @Option(
      names = "--start-volts",
      paramLabel = "V",
      description = "First amplitude of rising pulses; default: the data sheet's.")
  private Double startVolts;

  @Option(
      names = "--volts-step",
      paramLabel = "V",
      description = "By how much they rise; default: 0.1.")
  private Double stepVolts;

  @Option(
      names = "--most-volts",
      paramLabel = "V",
      description = "Their highest amplitude; default: the array's limit.")
  private Double mostVolts;

  @Option(
      names = "--settle-seconds",
      paramLabel = "S",
      description = "How long relaxation-aware and multi-device leave cells to relax; default: 1.")
  private Double settleSeconds;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Pulses without a move after which a cell counts as stuck, more where the data sheet's step is small;"
              + " default: 30.")
  private Integer patience;

  /// The methods, for `--help`.
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(Methods.names());
    }
  }

  /// What the command is asked for beside methods.
  ///
  /// @param address of the chip if no others are named
  /// @param rounds most of measuring and pulsing; 0 for as many as the method needs
  /// @param waitSeconds before cells are judged again; null for a minute on simulated chips, and not at all on others
  record Asked(
      String address,
      Targets targets,
      int array,
      double toleranceSiemens,
      int reads,
      int rounds,
      Integer waitSeconds) {}

  /// Whether methods were chosen.
  ///
  /// @throws picocli.CommandLine.ParameterException if only their options were given
  boolean chosen(CommonOptions common) {
    if (methods.isEmpty()) {
      refuse(common, "--chips", chips);
      refuse(common, "--accept", accept);
      refuse(common, "--spare-worn", mostWear);
      refuse(common, "--start-volts", startVolts);
      refuse(common, "--volts-step", stepVolts);
      refuse(common, "--most-volts", mostVolts);
      refuse(common, "--settle-seconds", settleSeconds);
      refuse(common, "--patience", patience);
    }
    return !methods.isEmpty();
  }

  private static void refuse(CommonOptions common, String option, Object given) {
    if (given != null) {
      throw common.wrong(option + " goes with --method: " + String.join(", ", Methods.names()));
    }
  }

  MethodsRun run(CommonOptions common, Asked asked) {
    if (mostWear != null && mostWear < 0) {
      throw common.wrong("--spare-worn must not be negative, as %d is".formatted(mostWear));
    }
    if (accept != null && !(accept > 0 && accept < Double.POSITIVE_INFINITY)) {
      throw common.wrong("--accept must be a positive number of siemens, not " + accept);
    }
    List<String> addresses = ChipRange.expand(chips == null ? asked.address() : chips);
    boolean simulated = addresses.stream().allMatch(address -> address.startsWith("sim:"));
    int usualWait = simulated ? MINUTE : 0;
    Trial trial =
        new Trial(
            asked.targets(),
            asked.array(),
            asked.toleranceSiemens(),
            accept == null ? 0 : accept,
            recipe(common, asked),
            asked.waitSeconds() == null ? usualWait : asked.waitSeconds());
    List<Method> found = methods.stream().distinct().map(name -> find(common, name)).toList();
    return new MethodsRun(
        common, found, addresses, trial, mostWear == null ? Long.MAX_VALUE : mostWear);
  }

  private static Method find(CommonOptions common, String name) {
    return Methods.find(name)
        .orElseThrow(() ->
            common.wrong(
                "--method must be of %s, not '%s'"
                    .formatted(String.join(", ", Methods.names()), name)));
  }

  private Recipe recipe(CommonOptions common, Asked asked) {
    Recipe usual = Recipe.USUAL;
    try {
      return new Recipe(
          asked.reads(),
          asked.rounds(),
          startVolts == null ? usual.startVolts() : startVolts,
          stepVolts == null ? usual.stepVolts() : stepVolts,
          mostVolts == null ? usual.mostVolts() : mostVolts,
          settleSeconds == null ? usual.settleSeconds() : settleSeconds,
          patience == null ? usual.patience() : patience);
    } catch (IllegalArgumentException e) {
      throw common.wrong(e.getMessage());
    }
  }
}
