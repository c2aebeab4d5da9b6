package org.mortal.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Attempts;
import org.mortal.bench.train.TrainingJob;
import org.mortal.learning.task.Task;

/// Rules on chips: what is to be trained, and what of that is done.
///
/// Training goes from chip to chip, all rules on one before the next, so that a comparison that is ended early has its
/// rules in pairs.
public final class Comparison {
  private final ComparisonJob job;
  private final RunFolder folder;
  private final RunLog log;

  /// @param folder of the comparison; what it holds is not done again
  public Comparison(ComparisonJob job, RunFolder folder) {
    this.job = job;
    this.folder = folder;
    this.log = RunLog.open(folder);
  }

  /// How many trainings are still to be done, trials counted.
  public int missing() {
    List<String> rules = job.jobs().stream().map(TrainingJob::rule).toList();
    int trials = job.tuning() == null ? 0 : job.tuning().missing(rules, folder);
    int runs = 0;
    for (int chip = 0; chip < job.addresses().size(); chip++) {
      for (TrainingJob rule : job.jobs()) {
        runs += isDone(job.on(rule, chip)) ? 0 : 1;
      }
    }
    return trials + runs;
  }

  private boolean isDone(TrainingJob one) {
    return log.has(one.rule(), one.chip(), one.seed());
  }

  /// Does what is missing. A rule that fails is not tried again, and does not keep the others from their turn.
  ///
  /// @param attempts that keep what fails
  /// @param afterEach called after each run on a chip, by one thread at a time
  /// @return the trial that each rule was tuned to, by its name; empty without tuning
  public Map<String, Trial> run(
      Task task, Trainings trainings, Attempts attempts, Runnable afterEach) {
    Map<String, Trial> chosen = new LinkedHashMap<>();
    List<TrainingJob> ready = new ArrayList<>();
    for (TrainingJob rule : job.jobs()) {
      attempts.run(() -> tuned(rule, task, trainings, chosen).ifPresent(ready::add));
    }
    List<Turn> turns = turns(ready);
    Set<String> failed = ConcurrentHashMap.newKeySet();
    trainings.each(
        turns.size(),
        i -> {
          TrainingJob one = turns.get(i).job();
          if (failed.contains(one.rule())) {
            return;
          }
          if (!attempts.run(
              () ->
                  trainings
                      .train(one, one.taskLike(task), turns.get(i).name())
                      .ifPresent(log::add))) {
            failed.add(one.rule());
          }
          attempts.run(() -> {
            synchronized (this) {
              afterEach.run();
            }
          });
        });
    return chosen;
  }

  /// @param name for the progress bar
  private record Turn(TrainingJob job, String name) {}

  private List<Turn> turns(List<TrainingJob> ready) {
    List<Turn> turns = new ArrayList<>();
    for (int chip = 0; chip < job.addresses().size(); chip++) {
      for (TrainingJob rule : ready) {
        TrainingJob one = job.on(rule, chip);
        if (!isDone(one)) {
          turns.add(new Turn(one, "%s, chip %d".formatted(one.rule(), chip + 1)));
        }
      }
    }
    return turns;
  }

  private Optional<TrainingJob> tuned(
      TrainingJob rule, Task task, Trainings trainings, Map<String, Trial> chosen) {
    if (job.tuning() == null) {
      return Optional.of(rule);
    }
    Optional<Trial> best = job.tuning().tune(rule, task, trainings, folder);
    best.ifPresent(trial -> chosen.put(rule.rule(), trial));
    return best.map(trial -> rule.withChanges(rule.changes().or(trial.changes())));
  }

  /// The runs of each rule that has any, in the order of the rules.
  public List<List<ChipRun>> runs() {
    return job.jobs().stream()
        .map(rule -> log.of(rule.rule()))
        .filter(runs -> !runs.isEmpty())
        .toList();
  }

  /// A row for each rule that has run.
  public List<RuleRow> rows() {
    return runs().stream().map(RuleRow::of).toList();
  }

  /// Every rule against the reference, and against the first one.
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    String first = job.jobs().getFirst().rule();
    for (List<ChipRun> runs : runs()) {
      String rule = runs.getFirst().rule();
      Stream.of(ComparisonJob.REFERENCE, first)
          .distinct()
          // What the reference does against the first is what the first does against it.
          .filter(other -> !rule.equals(other) && !rule.equals(ComparisonJob.REFERENCE))
          .forEach(other -> Pair.of(runs, log.of(other)).ifPresent(pairs::add));
    }
    return pairs;
  }
}
