package org.mortal.learning.task;

import java.nio.file.Path;
import java.util.List;

/// The tasks by name.
public final class Tasks {
  private static final List<String> NAMES =
      List.of(
          "associative-recall",
          "bars-and-stripes",
          "cartpole",
          "characters",
          "digits",
          "encoder",
          "family-trees",
          "mnist",
          "parity-3",
          "parity-4",
          "parity-5",
          "parity-6",
          "xor");

  private Tasks() {}

  /// The names that [#load] knows.
  ///
  /// @return the names in alphabetical order, unmodifiable
  public static List<String> names() {
    return NAMES;
  }

  /// Loads or generates a task.
  ///
  /// @param name one of [#names()]
  /// @param dataDirectory the folder of the data files, or `null` if none is set; only `mnist`
  ///     reads it
  /// @param seed what `digits`, `associative-recall`, the starts of `cartpole` and the split of `family-trees` are drawn from; the
  ///     other tasks do not depend on it
  /// @return the task; the same arguments (and files) give the same bits
  /// @throws DataException if the name is unknown, or `mnist` has no folder or cannot be read
  public static Task load(String name, Path dataDirectory, long seed) {
    return switch (name) {
      case "associative-recall" -> AssociativeRecall.task(seed);
      case "cartpole" -> CartPole.task(seed);
      case "bars-and-stripes" -> BarsAndStripes.task();
      case "digits" -> Digits.generate(seed);
      case "encoder" -> Encoder.task();
      case "family-trees" -> FamilyTrees.task(seed);
      case "characters" -> Characters.task();
      case "mnist" -> Mnist.load(requireDirectory(dataDirectory));
      case "parity-3", "parity-4", "parity-5", "parity-6" ->
          Parity.task(Integer.parseInt(name.substring("parity-".length())));
      case "xor" -> Xor.task();
      default ->
          throw new DataException(
              "unknown task '%s': choose one of %s".formatted(name, String.join(", ", NAMES)));
    };
  }

  private static Path requireDirectory(Path directory) {
    if (directory == null) {
      throw new DataException(
          "task mnist needs the folder of its four files: give --data DIR or set the environment"
              + " variable MORTAL_DATA; `data mnist --to DIR` fetches them");
    }
    return directory;
  }
}
