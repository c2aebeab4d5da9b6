package org.mortal.bench.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.JobOptions;
import org.mortal.bench.train.TrainingJob;
import org.mortal.chip.ChipRange;

/// Chips that learn side by side, fully said: the same job gives the same figures.
///
/// @param training on the first chip
/// @param chips their addresses, at least two
/// @param share of the others' answers in a target
public record MutualJob(TrainingJob training, List<String> chips, double share) {

  /// A job from the options of the command line, by their names.
  ///
  /// @throws JobException if a value makes no sense
  /// @throws org.mortal.chip.ChipException if a range of chips makes none
  public static MutualJob of(Map<String, String> byName) {
    JobOptions options = new JobOptions(byName);
    List<String> chips = ChipRange.expand(options.required("--chips"));
    if (chips.size() < 2) {
      throw new JobException(
          "--chips names one chip: it takes two or more, for example 'sim:hfox?seed=1..4'");
    }
    Map<String, String> ofTraining = new HashMap<>(byName);
    ofTraining.put("--chip", chips.getFirst());
    TrainingJob training = TrainingJob.of(ofTraining);
    if (training.makeRule().isYardstick()) {
      throw new JobException(
          "rule %s runs in exact software, not on chips: choose another"
              .formatted(training.rule()));
    }
    return new MutualJob(training, chips, options.share("--share"));
  }

  /// The job of one chip. The seed of training goes up with the chips, so that none shares another's luck.
  TrainingJob on(int chip) {
    return training.withChip(chips.get(chip), training.seed() + chip);
  }
}
