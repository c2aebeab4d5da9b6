package org.mortal.bench.command;

import java.util.List;
import picocli.CommandLine.Option;

/// Which cells are characterised, and how. What is not given is chosen by the kind.
///
/// They are read from a run's arguments by [CharacteriseJob], so that `--resume` finds them there.
final class CharacteriseOptions {
  @Option(
      names = "--array",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of the chip's arrays, from 0 on; default: ${DEFAULT-VALUE}.")
  private int array;

  @Option(
      names = "--cells",
      paramLabel = "CELLS",
      description =
          "One cell (3,4), rows and columns (0-7,0-15) or all; default: all for map, else the first"
              + " 8 x 8.")
  private String cells;

  @Option(
      names = "--read-volts",
      paramLabel = "V",
      description = "On a cell's row; default: the highest that the chip allows.")
  private Double readVolts;

  @Option(
      names = "--set-volts",
      paramLabel = "V",
      description =
          "Amplitude of SET pulses, or where it ends to rise; default: nominal, 1.2 times that for"
              + " thresholds, the limit for forming.")
  private Double setVolts;

  @Option(
      names = "--reset-volts",
      paramLabel = "V",
      description = "The same for RESET pulses, positive.")
  private Double resetVolts;

  @Option(
      names = "--width",
      paramLabel = "SECONDS",
      description = "Width of pulses; default: nominal.")
  private Double width;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description =
          "Wait so long after pulses, or between reads of noise and iv; default: not at all.")
  private Double interval;

  @Option(
      names = "--pulses",
      paramLabel = "N",
      description =
          "Pulses at a time; default: 1, as many as cross the window for retention, relaxation and"
              + " endurance, a tenth of them for thresholds.")
  private Integer pulses;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description = "Rounds; default: 1 for iv, 2 for pulse, 100 for endurance.")
  private Integer cycles;

  @Option(
      names = "--reads",
      paramLabel = "N",
      description =
          "Reads averaged for a point, each a point for noise; default: as the kind wants.")
  private Integer reads;

  @Option(
      names = "--points",
      paramLabel = "N",
      description =
          "Points on a sweep, trains for pulse, cycles that are read for endurance, levels for"
              + " retention and relaxation; default: as the kind wants.")
  private Integer points;

  @Option(
      names = "--times",
      paramLabel = "SECONDS",
      split = ",",
      description = "When to read after the last pulse, for retention and relaxation: 1,10,100.")
  private List<Double> times;
}
