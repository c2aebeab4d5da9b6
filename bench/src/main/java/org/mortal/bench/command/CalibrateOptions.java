package org.mortal.bench.command;

import java.util.Map;
import java.util.stream.IntStream;
import org.mortal.bench.calibrate.Settings;
import org.mortal.chip.Chip;
import picocli.CommandLine.Option;

/// What is to be calibrated, and how thoroughly.
public final class CalibrateOptions {
  private static final int MOST_READS = 100_000;
  private static final double MOST_SECONDS = 1e7;
  private static final String ALL = "all";

  @Option(names = "--array", paramLabel = "I", description = "Calibrate this array only.")
  private Integer array;

  @Option(
      names = "--arrays",
      paramLabel = "N",
      description =
          "Calibrate the first N arrays, or all; default: all, or the first where the chip makes as"
              + " many as are asked for.")
  private String arrays;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Reads of each cell; all else is read in proportion; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of biases, vectors and pulses; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--no-pulses",
      description = "Give no pulses: stuck cells and thresholds stay unknown.")
  private boolean noPulses;

  @Option(
      names = "--drift-seconds",
      paramLabel = "T",
      defaultValue = "0",
      description = "Watch drift so long; default: an hour of virtual time, a second of real time.")
  private double driftSeconds;

  /// Options as arguments state them, of this call or of an earlier one.
  static CalibrateOptions of(Map<String, String> arguments) {
    CalibrateOptions options = new CalibrateOptions();
    String array = arguments.get("--array");
    options.array = array == null ? null : Integer.valueOf(array);
    options.arrays = arguments.get("--arrays");
    options.reads = Integer.parseInt(arguments.get("--reads"));
    options.seed = Long.parseLong(arguments.get("--seed"));
    options.noPulses = Boolean.parseBoolean(arguments.get("--no-pulses"));
    options.driftSeconds = Double.parseDouble(arguments.get("--drift-seconds"));
    return options;
  }

  /// @throws picocli.CommandLine.ParameterException if they make no sense
  void check(CommonOptions common) {
    common.requireRange("--reads", reads, Settings.LEAST_READS, MOST_READS);
    if (!(driftSeconds >= 0 && driftSeconds <= MOST_SECONDS)) {
      throw common.wrong(
          "--drift-seconds must be from 0 to %.0e, not %s".formatted(MOST_SECONDS, driftSeconds));
    }
    if (array != null && arrays != null) {
      throw common.wrong("--array is one of them, --arrays how many: leave out either");
    }
    if (arrays != null && !arrays.equals(ALL) && !arrays.matches("[1-9][0-9]{0,6}")) {
      throw common.wrong("--arrays must be a number from 1 on, or all, not '%s'".formatted(arrays));
    }
  }

  long seed() {
    return seed;
  }

  Settings settings() {
    return new Settings(reads, seed, !noPulses, driftSeconds);
  }

  /// The arrays that are meant.
  ///
  /// @throws picocli.CommandLine.ParameterException if the chip has no such arrays
  int[] places(Chip chip, CommonOptions common) {
    int size = chip.arrays().size();
    if (array != null) {
      common.requireRange("--array", array, 0, size - 1L);
      return new int[] {array};
    }
    if (arrays == null || arrays.equals(ALL)) {
      if (arrays != null && !chip.arraysLimited()) {
        throw common.wrong(
            "--arrays all means nothing to a chip that makes as many as are asked for: say how many");
      }
      return IntStream.range(0, chip.arraysLimited() ? size : 1).toArray();
    }
    common.requireRange("--arrays", Integer.parseInt(arrays), 1, size);
    return IntStream.range(0, Integer.parseInt(arrays)).toArray();
  }
}
