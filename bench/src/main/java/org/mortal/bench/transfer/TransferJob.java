package org.mortal.bench.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.JobOptions;
import org.mortal.bench.train.TrainingJob;
import org.mortal.chip.ChipRange;
import org.mortal.learning.Lesson;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.rule.LayerMatching;
import org.mortal.learning.task.Task;

/// A transfer, fully said: the same job gives the same figures.
///
/// @param home the training at home
/// @param heirs addresses of the chips that inherit
/// @param ways to inherit, the one that matters most first
/// @param examples sizes of the transfer set, in rising order
/// @param steps of learning for each heir, whatever the size of the transfer set
/// @param batch examples a step
/// @param rate of layer matching, or null for the usual one
/// @param temperature of soft targets
/// @param bits of each number that is passed on
public record TransferJob(
    TrainingJob home,
    List<String> heirs,
    List<Way> ways,
    List<Integer> examples,
    int steps,
    int batch,
    Double rate,
    double temperature,
    int bits) {
  private static final int MOST_BITS = 16;

  /// A job from the options of the command line, by their names.
  ///
  /// @throws JobException if a value makes no sense
  /// @throws org.mortal.chip.ChipException if a range of chips makes none
  public static TransferJob of(Map<String, String> byName) {
    JobOptions options = new JobOptions(byName);
    Map<String, String> ofTraining = new HashMap<>(byName);
    ofTraining.put("--chip", options.required("--from"));
    TrainingJob home = TrainingJob.of(ofTraining);
    List<Way> ways = Way.of(options.required("--ways"));
    boolean soft = ways.stream().anyMatch(way -> way.lesson() == Lesson.Kind.SOFT_TARGETS);
    if (home.makeRule().isYardstick() && soft) {
      throw new JobException(
          "rule %s runs in exact software, so no chip learns by it: give --ways without soft targets"
              .formatted(home.rule()));
    }
    List<String> heirs = ChipRange.expand(options.required("--to"));
    if (heirs.contains(home.chip())) {
      throw new JobException("%s of --to is home itself: name others".formatted(home.chip()));
    }
    int bits = options.count("--bits", 1);
    if (bits > MOST_BITS) {
      throw new JobException("--bits must be from 1 to %d, not %d".formatted(MOST_BITS, bits));
    }
    return new TransferJob(
        home,
        heirs,
        ways,
        sizes(options.required("--examples")),
        options.count("--steps", 1),
        options.count("--transfer-batch", 1),
        options.positive("--match-rate"),
        options.positive("--temperature"),
        bits);
  }

  private static List<Integer> sizes(String text) {
    List<Integer> sizes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Integer size = new JobOptions(Map.of("--examples", part.strip())).count("--examples", 1);
      sizes.add(size);
    }
    return sizes.stream().distinct().sorted().toList();
  }

  /// Reads or makes the data.
  ///
  /// @throws JobException if it does not hold as many examples as are asked for
  public Task loadTask() {
    Task task = home.loadLabelledTask();
    if (examples.getLast() > task.train().size()) {
      throw new JobException(
          "--examples %d: task %s has %d training examples"
              .formatted(examples.getLast(), task.name(), task.train().size()));
    }
    return task;
  }

  /// As long as it takes for [#steps] on so many examples.
  Budget budget(int count, Recipe recipe) {
    int perEpoch = count / Math.min(recipe.batch(), count);
    return new Budget.Epochs((double) steps / perEpoch);
  }

  /// How layers are matched: a copy has little to learn, and first weights all that the rule of home had.
  ///
  /// @param own the recipe of home
  Recipe matching(Way way, Recipe own) {
    Recipe recipe = new LayerMatching().recipe().withBatch(batch);
    if (rate != null) {
      return recipe.withRate(rate);
    }
    return way.copied() ? recipe : recipe.withRate(own.rate());
  }
}
