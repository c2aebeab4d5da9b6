package org.mortal.bench.calibrate;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Kernels;

/// Calibrates arrays of one chip, one after the other.
///
/// What each stage finds is kept in a file of the run's folder before the next begins, so that a run that ended early, in
/// whatever way, goes on behind its last whole stage.
public final class Calibrator {
  private final Chip chip;
  private final Settings settings;
  private final Kernels kernels;
  private final Path folder;

  /// @param folder of the run
  public Calibrator(Chip chip, Settings settings, Kernels kernels, Path folder) {
    this.chip = chip;
    this.settings = settings;
    this.kernels = kernels;
    this.folder = folder;
  }

  /// What was found.
  ///
  /// @param calibration to be kept
  /// @param arrays one by one
  public record Outcome(Calibration calibration, List<ArrayOutcome> arrays) {}

  /// Whether a file of a run's folder says what a stage has found.
  public static boolean isStage(Path file) {
    return StageFiles.isOne(file);
  }

  /// Calibrates, or goes on.
  ///
  /// @param arrays by their places in the chip
  /// @param stop whether to end before the next stage
  /// @param begun is told of each stage
  /// @return nothing if it was ended early
  public Optional<Outcome> run(int[] arrays, BooleanSupplier stop, Consumer<Stage> begun) {
    List<ArrayOutcome> outcomes = new ArrayList<>();
    try {
      for (int array : arrays) {
        outcomes.add(calibrate(array, stop, begun));
      }
    } catch (Stopped e) {
      return Optional.empty();
    }
    return Optional.of(new Outcome(calibration(outcomes), outcomes));
  }

  private ArrayOutcome calibrate(int array, BooleanSupplier stop, Consumer<Stage> begun) {
    ArrayReader reader = new ArrayReader(chip.arrays().get(array));
    Consumer<Stage> before =
        stage -> {
          if (stop.getAsBoolean()) {
            throw new Stopped(stage);
          }
          begun.accept(stage);
        };
    ArrayCalibrator calibrator =
        new ArrayCalibrator(
            chip, array, settings, kernels, new StageFiles(folder, array), reader, before);
    ArrayCalibration found = calibrator.run();
    Score truth = Scoring.of(chip, found, calibrator.evidence(), reader.limits());
    double fullScale = reader.limits().fullScaleAmps();
    // Time passes now, and so what was true of the cells may be so no longer.
    ArrayCalibration whole = calibrator.withDrift(found);
    return ArrayOutcome.of(calibrator.evidence(), fullScale, whole, truth);
  }

  private Calibration calibration(List<ArrayOutcome> outcomes) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Calibration(
        chip.id(),
        chip.firmware(),
        Calibration.firmwareHash(chip),
        geometry.rows(),
        geometry.columns(),
        "currents of all outputs by true conductances",
        options(),
        null,
        now.toString(),
        now.plusSeconds(lifetime(outcomes)).toString(),
        outcomes.stream().allMatch(one -> one.evidence().outputs().gainReference()),
        outcomes.stream().map(ArrayOutcome::found).toList());
  }

  private static long lifetime(List<ArrayOutcome> outcomes) {
    return outcomes.stream()
        .mapToLong(one -> Lifetime.seconds(one.found().drift(), one.evidence().prediction()))
        .min()
        .orElseThrow();
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("reads", String.valueOf(settings.reads()));
    options.put("seed", String.valueOf(settings.seed()));
    options.put("pulses", String.valueOf(settings.pulses()));
    options.put("driftSeconds", String.valueOf(settings.driftSeconds()));
    return options;
  }
}
