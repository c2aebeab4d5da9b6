package org.mortal.bench.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.WholeFile;

/// What the stages of one array's calibration found, a file each: a run that was interrupted goes on behind the last of them.
final class StageFiles {
  private static final Pattern NAME = Pattern.compile("array\\d+-[a-z-]+\\.json");

  private final Path folder;
  private final int array;

  /// @param folder of the run
  StageFiles(Path folder, int array) {
    this.folder = folder;
    this.array = array;
  }

  /// Whether a file of a run's folder is one of them.
  static boolean isOne(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /// What a stage found, now or before.
  ///
  /// @param measure carries the stage out
  /// @throws RunException if the file cannot be read or written
  <T> T keep(String stage, Class<T> type, Supplier<T> measure) {
    Path file = folder.resolve("array%d-%s.json".formatted(array, stage));
    if (Files.exists(file)) {
      return read(file, type);
    }
    T found = measure.get();
    WholeFile.write(file, Json.line(found));
    return found;
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.read(Files.readString(file), type);
    } catch (IOException e) {
      throw RunException.of("cannot read", file, e, "begin a new run");
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s is not what a stage of a calibration found: remove it, and the stage is done again"
              .formatted(file),
          e);
    }
  }
}
