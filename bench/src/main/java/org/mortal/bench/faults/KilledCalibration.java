package org.mortal.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mortal.bench.calibrate.Calibrator;
import org.mortal.bench.calibrate.Stage;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.run.RunException;

/// A calibration of which stages are kept as they are done: what was found before a kill must be found in the end.
///
/// Pulses of a stage that was under way are given again, from a picture of the cells that was kept before the first of them.
public final class KilledCalibration implements KilledJob {
  private static final String FILE = "calibration.json";

  private final String address;
  private final Map<Path, Map<Path, String>> found = new HashMap<>();
  private final Map<Path, Integer> resumptions = new HashMap<>();
  private final Map<Path, Integer> uncertain = new HashMap<>();

  /// @param address of the board
  public KilledCalibration(String address) {
    this.address = address;
  }

  @Override
  public List<String> begin(Path runs) {
    List<String> args = new ArrayList<>(List.of("calibrate", address, "--reads", "32"));
    args.addAll(KilledJob.here(runs));
    return args;
  }

  @Override
  public List<String> goOn(Path folder) {
    List<String> args = new ArrayList<>(List.of("calibrate", "--resume", folder.toString()));
    args.addAll(KilledJob.here(folder.getParent()));
    return args;
  }

  @Override
  public List<Path> steps(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Calibrator::isStage).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> checkKilled(Path folder) {
    List<Path> steps = steps(folder);
    if (!steps.isEmpty() && !Files.exists(folder.resolve(FILE))) {
      resumptions.merge(folder, 1, Integer::sum);
      uncertain.merge(folder, underPulses(steps) ? 1 : 0, Integer::sum);
    }
    Map<Path, String> known = found.computeIfAbsent(folder, _ -> new HashMap<>());
    steps.forEach(step -> known.putIfAbsent(step, text(step)));
    return WholeFiles.check(folder);
  }

  /// Whether the cells were last seen before pulses, and not all of these have been given.
  private static boolean underPulses(List<Path> steps) {
    return has(steps, Stage.BEFORE_PULSES)
        && !(has(steps, Stage.PULSES) && has(steps, Stage.THRESHOLDS));
  }

  private static boolean has(List<Path> steps, Stage stage) {
    return steps.stream().anyMatch(step -> step.endsWith("array0-%s.json".formatted(stage)));
  }

  @Override
  public Verdict judge(Path whole, Path folder, String json, long pulses) {
    List<String> violations = new ArrayList<>(WholeFiles.check(folder));
    if (!WholeFiles.names(whole).equals(WholeFiles.names(folder))) {
      violations.add(
          "it has the files %s, not %s"
              .formatted(WholeFiles.names(folder), WholeFiles.names(whole)));
    }
    found
        .getOrDefault(folder, Map.of())
        .forEach((step, text) -> {
          if (!text.equals(text(step))) {
            violations.add("%s was found before a kill, and is another now".formatted(step));
          }
        });
    try {
      CalibrationFile.read(folder.resolve(FILE));
    } catch (RunException e) {
      violations.add(e.getMessage());
    }
    return new Verdict(
        resumptions.getOrDefault(folder, 0), uncertain.getOrDefault(folder, 0), violations);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
