package org.mortal.bench.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CalibrationMark;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Telemetry;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.DriftFactor;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mortal info CHIP`: who a chip is, and what it may be asked for.
@Command(
    name = "info",
    description = "Prints a chip's identity, geometry, limits and counters.",
    footer = {
      "",
      "A simulated chip is sim:PROFILE?seed=N, with a profile of 'mortal chips' or a .toml or .json file,",
      "and more behind &: rows, columns, arrays (numbers), kelvin (its temperature), state (a file that",
      "keeps the chip between commands), rest (seconds that pass first), clock (virtual, or wall: the machine's).",
      "",
      "Example:",
      "  bench/mortal info 'sim:hfox?seed=7'"
    })
public final class InfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  /// @param arrays how many the chip has, or null if as many as are asked for
  /// @param bytesPerCell memory of a simulated chip, or null
  /// A calibration that the chip was opened with.
  ///
  /// @param drift of each array that has a reference: what currents are scaled by
  record Calibrated(
      CalibrationMark mark,
      String target,
      String made,
      String expires,
      int arrays,
      List<Drift> drift) {}

  /// @param factor conductances then for those now
  /// @param error its standard error
  /// @param used whether it is beyond noise
  /// @param written whether cells were written since the calibration
  record Drift(int array, double factor, double error, boolean used, boolean written) {}

  /// @param counters what a board has counted since it started, by name; null where there is no board
  /// @param calibration null where the chip answers for itself
  record Info(
      String address,
      String id,
      String firmware,
      int rows,
      int columns,
      int outputs,
      String sensing,
      Integer arrays,
      Limits limits,
      Telemetry telemetry,
      Double bytesPerCell,
      Map<String, Long> counters,
      Calibrated calibration,
      String kernels) {}

  @Override
  public Integer call() {
    Kernels kernels = common.kernels();
    try (Chip chip = common.chips().open(address, kernels)) {
      Crossbar first = chip.arrays().getFirst();
      Geometry geometry = first.geometry();
      Info info =
          new Info(
              address,
              chip.id(),
              chip.firmware(),
              geometry.rows(),
              geometry.columns(),
              geometry.outputs(),
              geometry.sensing().name().toLowerCase(Locale.ROOT),
              chip.arraysLimited() ? chip.arrays().size() : null,
              first.limits(),
              chip.telemetry(),
              chip.bare() instanceof SimChip sim ? (double) sim.bytes() / geometry.cells() : null,
              chip.bare() instanceof BoardChip board ? board.counters() : null,
              chip instanceof CalibratedChip calibrated ? calibration(calibrated) : null,
              kernels.products().description());
      return common.finish(info, text(info));
    }
  }

  private Calibrated calibration(CalibratedChip chip) {
    Calibration calibration = chip.calibration();
    List<Drift> drift =
        calibration.arrays().stream()
            .filter(array -> array.drift() != null)
            .map(array -> {
              DriftFactor factor = chip.drift(array.array());
              return new Drift(
                  array.array(), factor.value(), factor.error(), factor.used(), factor.written());
            })
            .toList();
    return new Calibrated(
        common.calibrationsUsed().getFirst(),
        calibration.target(),
        calibration.made(),
        calibration.expires(),
        calibration.arrays().size(),
        drift);
  }

  private static void line(StringBuilder text, Calibrated calibration) {
    line(
        text,
        "calibration",
        "%s of %d arrays for %s, made %s, expires %s, %s"
            .formatted(
                calibration.mark().id(),
                calibration.arrays(),
                calibration.target(),
                calibration.made(),
                calibration.expires(),
                calibration.mark().file()));
    for (Drift drift : calibration.drift()) {
      line(
          text,
          "drift",
          "array %d by a factor of %.4f ± %.4f, %s"
              .formatted(
                  drift.array(),
                  1 / drift.factor(),
                  drift.error(),
                  drift.written()
                      ? "of cells that were written since"
                      : drift.used() ? "scaled back" : "within noise"));
    }
  }

  private static String text(Info info) {
    Limits limits = info.limits();
    Telemetry used = info.telemetry();
    StringBuilder text = new StringBuilder();
    line(text, "chip", info.id());
    line(text, "firmware", info.firmware());
    line(
        text,
        "arrays",
        "%s of %d rows x %d columns, %s sensing, %d outputs"
            .formatted(
                info.arrays() == null ? "as many as needed" : info.arrays(),
                info.rows(),
                info.columns(),
                info.sensing(),
                info.outputs()));
    line(text, "read", "0 to " + Units.format(limits.maxReadVolts(), "V"));
    line(
        text,
        "outputs",
        "up to ±%s, bias up to ±%s"
            .formatted(
                Units.format(limits.fullScaleAmps(), "A"),
                Units.format(limits.maxBiasAmps(), "A")));
    line(
        text,
        "pulses",
        "up to ±%s for %s, at most %d to a cell at once"
            .formatted(
                Units.format(limits.maxPulseVolts(), "V"),
                Units.format(limits.maxPulseSeconds(), "s"),
                limits.maxPulses()));
    line(
        text,
        "conductance",
        "%s to %s"
            .formatted(
                Units.format(limits.minSiemens(), "S"), Units.format(limits.maxSiemens(), "S")));
    line(
        text,
        "write",
        "SET %s, RESET %s, %s, nominally %s a pulse"
            .formatted(
                Units.format(limits.write().setVolts(), "V"),
                Units.format(-limits.write().resetVolts(), "V"),
                Units.format(limits.write().seconds(), "s"),
                Units.format(limits.write().stepSiemens(), "S")));
    line(
        text,
        "so far",
        "%d vectors read, %d cells written, %d pulses, %s, busy for %s"
            .formatted(
                used.arrayReads(),
                used.cellWrites(),
                used.pulses(),
                Units.format(used.energyJoules(), "J"),
                Units.format(used.busySeconds(), "s")));
    if (info.bytesPerCell() != null) {
      line(text, "memory", "%.1f bytes per cell".formatted(info.bytesPerCell()));
    }
    if (info.counters() != null) {
      line(text, "since start", counted(info.counters()));
    }
    if (info.calibration() != null) {
      line(text, info.calibration());
    }
    line(text, "kernels", info.kernels());
    return text.toString();
  }

  /// What is not zero, with words for names.
  private static String counted(Map<String, Long> counters) {
    String counted =
        counters.entrySet().stream()
            .filter(counter -> counter.getValue() != 0)
            .map(counter ->
                "%d %s".formatted(counter.getValue(), counter.getKey().replace('_', ' ')))
            .collect(Collectors.joining(", "));
    return counted.isEmpty() ? "nothing counted" : counted;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s%n".formatted(name, value));
  }
}
