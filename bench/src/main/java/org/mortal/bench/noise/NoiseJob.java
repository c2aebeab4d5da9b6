package org.mortal.bench.noise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.JobOptions;
import org.mortal.bench.train.TrainingJob;
import org.mortal.chip.ChipRange;

/// A study of read noise, fully said: the same job gives the same figures.
///
/// @param training on the first chip
/// @param chips addresses of simulated chips
/// @param levels of noise, as multiples of the profile's, in rising order
public record NoiseJob(TrainingJob training, List<String> chips, List<Double> levels) {

  /// A job from the options of the command line, by their names.
  ///
  /// @throws JobException if a value makes no sense
  /// @throws org.mortal.chip.ChipException if a range of chips makes none
  public static NoiseJob of(Map<String, String> byName) {
    JobOptions options = new JobOptions(byName);
    List<String> chips = ChipRange.expand(options.required("--chips"));
    if (!chips.getFirst().startsWith("sim:")) {
      throw new JobException(
          "--chips %s: only simulated chips have a noise that can be set"
              .formatted(chips.getFirst()));
    }
    Map<String, String> ofTraining = new HashMap<>(byName);
    ofTraining.put("--chip", chips.getFirst());
    TrainingJob training = TrainingJob.of(ofTraining);
    if (training.makeRule().isYardstick()) {
      throw new JobException(
          "rule %s runs in exact software, which has no noise: choose another"
              .formatted(training.rule()));
    }
    return new NoiseJob(training, chips, levels(options.required("--levels")));
  }

  private static List<Double> levels(String text) {
    return Stream.of(text.split(",", -1))
        .map(one -> new JobOptions(Map.of("--levels", one.strip())).notNegative("--levels"))
        .distinct()
        .sorted()
        .toList();
  }

  /// How many trainings it takes.
  public int trainings() {
    return chips.size() * levels.size();
  }
}
