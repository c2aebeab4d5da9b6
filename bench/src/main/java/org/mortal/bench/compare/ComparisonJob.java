package org.mortal.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mortal.bench.report.Units;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.JobOptions;
import org.mortal.bench.train.RecipeChanges;
import org.mortal.bench.train.TrainingJob;
import org.mortal.chip.ChipRange;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Goal;

/// A comparison, fully said: the same job gives the same figures.
///
/// @param jobs one for each rule, on the first chip
/// @param addresses of the chips
/// @param tuning or null if recipes are taken as they are
public record ComparisonJob(List<TrainingJob> jobs, List<String> addresses, Tuning tuning) {
  /// What every rule is tested against.
  public static final String REFERENCE = "backprop";

  private static final String ALL = "all";

  /// A job from the options of the command line, by their names. The reference is added to the rules unless it is unwanted.
  ///
  /// @throws JobException if a value makes no sense
  /// @throws org.mortal.chip.ChipException if a range of chips makes none
  public static ComparisonJob of(Map<String, String> byName) {
    JobOptions options = new JobOptions(byName);
    List<String> addresses = ChipRange.expand(options.required("--chips"));
    Map<String, String> ofTraining = new HashMap<>(byName);
    ofTraining.put("--chip", addresses.getFirst());
    ofTraining.put("--rule", REFERENCE);
    TrainingJob reference = TrainingJob.of(ofTraining);
    List<TrainingJob> jobs = new ArrayList<>();
    boolean alone = "true".equals(options.text("--no-reference"));
    for (String rule : rules(options.required("--rules"), alone)) {
      TrainingJob job = reference.withRule(rule);
      job.makeRule();
      jobs.add(job);
    }
    return new ComparisonJob(jobs, addresses, tuning(options, addresses, reference.seed()));
  }

  private static List<String> rules(String text, boolean alone) {
    List<String> named =
        text.equals(ALL) ? Rules.names(new Goal.Labels()) : List.of(text.split(",", -1));
    Stream<String> reference = alone ? Stream.empty() : Stream.of(REFERENCE);
    return Stream.concat(named.stream(), reference).distinct().toList();
  }

  private static Tuning tuning(JobOptions options, List<String> addresses, long seed) {
    Integer trials = options.count("--tune", 1);
    Double epochs = options.positive("--tune-epochs");
    String chips = options.text("--tune-chips");
    if (trials == null) {
      if (epochs != null || chips != null) {
        throw new JobException(
            "%s is for tuning: give --tune N too"
                .formatted(epochs == null ? "--tune-chips" : "--tune-epochs"));
      }
      return null;
    }
    List<String> named = chips == null ? Tuning.chipsBeside(addresses) : ChipRange.expand(chips);
    for (String chip : named) {
      if (addresses.contains(chip)) {
        throw new JobException(
            "%s of --tune-chips is among the compared: tune on another".formatted(chip));
      }
    }
    return new Tuning(
        trials,
        epochs == null ? null : new Budget.Epochs(epochs),
        named,
        // The seeds before it are those of the chips.
        seed + addresses.size());
  }

  /// The job of a rule on a chip. The seed of training goes up with the chips, so that none shares another's luck.
  TrainingJob on(TrainingJob job, int chip) {
    return job.withChip(addresses.get(chip), job.seed() + chip);
  }

  /// All chips that are asked for.
  public List<String> chips() {
    return tuning == null
        ? addresses
        : Stream.concat(addresses.stream(), tuning.chips().stream()).toList();
  }

  /// What is compared on which chips, in one line.
  public String heading(String chips) {
    TrainingJob first = jobs.getFirst();
    String software =
        jobs.stream()
            .filter(job -> job.makeRule().isYardstick())
            .map(TrainingJob::rule)
            .collect(Collectors.joining(", "));
    return "test error on %s, chips %s, seeds from %d%s"
        .formatted(
            first.task(),
            chips,
            first.seed(),
            software.isEmpty() ? "" : "; in exact software: " + software);
  }

  /// How the recipes are come by, in one line.
  public String recipes() {
    boolean changed = !jobs.getFirst().changes().equals(RecipeChanges.NONE);
    String own = "each rule's own" + (changed ? ", but for what the call fixes" : "");
    if (tuning == null) {
      return "recipes: %s; not tuned here (--tune N gives every rule N trials)".formatted(own);
    }
    return "recipes: best of %d trials for every rule%s, by mean validation error on %s"
        .formatted(
            tuning.trials(),
            tuning.budget() instanceof Budget.Epochs(double count)
                ? " of %s epochs each".formatted(Units.format(count))
                : "",
            String.join(", ", tuning.chips()));
  }
}
