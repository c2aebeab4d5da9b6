package org.mortal.bench.train;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Task;
import org.mortal.learning.task.Tasks;

/// One training run, fully said: the same job gives the same figures.
///
/// @param task name of the task
/// @param data where its files are, or null
/// @param wrongLabels share of the training labels that are replaced by wrong ones
/// @param rule name of the rule
/// @param options what the rule is made with
/// @param chip address
/// @param fast addresses of chips of cells that forget, for rules with fast weights, or null for the usual ones
/// @param seed of the first weights, the order of examples and the rule's own draws
/// @param layers sizes from inputs to classes, or null for the task's usual ones
/// @param budget or null for the task's usual one
/// @param changes in the rule's recipe
public record TrainingJob(
    String task,
    Path data,
    double wrongLabels,
    String rule,
    Rules.Options options,
    String chip,
    List<String> fast,
    long seed,
    List<Integer> layers,
    Budget budget,
    RecipeChanges changes) {

  /// Pictures of generated digits are drawn from one seed, so that runs with other seeds are of the same task.
  static final long DATA_SEED = 1;

  /// Far above what any chip holds, and low enough to count the arrays that such a layer would need.
  private static final int MOST_UNITS = 1_000_000;

  /// A job from the options of the command line, by their names.
  ///
  /// @throws JobException if a value makes no sense, or one that every job has is missing
  public static TrainingJob of(Map<String, String> byName) {
    JobOptions options = new JobOptions(byName);
    Double wrongLabels = options.share("--wrong-labels");
    return new TrainingJob(
        task(options.required("--task")),
        data(options.text("--data")),
        wrongLabels == null ? 0 : wrongLabels,
        options.required("--rule"),
        new Rules.Options(
            slope(options.required("--slope")),
            options.count("--probes", 1),
            options.positive("--amplitude"),
            options.count("--group", 1),
            options.positive("--adversary")),
        options.required("--chip"),
        fast(options.text("--fast")),
        JobOptions.whole("--seed", options.required("--seed"), Long.MIN_VALUE),
        layers(options.text("--layers")),
        budget(options),
        RecipeChanges.of(options));
  }

  /// The same with another rule.
  public TrainingJob withRule(String other) {
    return new TrainingJob(
        task, data, wrongLabels, other, options, chip, fast, seed, layers, budget, changes);
  }

  /// The same on another chip with another seed.
  public TrainingJob withChip(String other, long otherSeed) {
    return new TrainingJob(
        task, data, wrongLabels, rule, options, other, fast, otherSeed, layers, budget, changes);
  }

  /// The same with another budget.
  public TrainingJob withBudget(Budget other) {
    return new TrainingJob(
        task, data, wrongLabels, rule, options, chip, fast, seed, layers, other, changes);
  }

  /// The same with other changes in the rule's recipe.
  public TrainingJob withChanges(RecipeChanges other) {
    return new TrainingJob(
        task, data, wrongLabels, rule, options, chip, fast, seed, layers, budget, other);
  }

  /// Reads or makes the data. Of `family-trees` each seed has a split of its own.
  ///
  /// @throws JobException if the layers or changes do not fit it
  public Task loadTask() {
    Task loaded = Tasks.load(task, data, hasOwnSplit() ? seed : DATA_SEED);
    sizes(loaded);
    boolean moves = changes.augmentation() != null && !changes.augmentation().isNone();
    boolean reads = changes.testReads() != null && changes.testReads() > 1;
    if ((moves || reads) && loaded.picture().height() == 1) {
      throw new JobException(
          "task %s has no pictures to move: leave out %s"
              .formatted(loaded.name(), moves ? "--augment" : "--test-reads"));
    }
    if (wrongLabels > 0) {
      requireLabels(loaded);
    }
    // Wrong labels do not depend on the seed of the run either.
    return wrongLabels == 0 ? loaded : loaded.withWrongLabels(wrongLabels, DATA_SEED);
  }

  /// The same for work that needs labels.
  ///
  /// @throws JobException if the task has none
  public Task loadLabelledTask() {
    Task loaded = loadTask();
    requireLabels(loaded);
    return loaded;
  }

  private static void requireLabels(Task loaded) {
    if (!(loaded.goal() instanceof Goal.Labels)) {
      throw new JobException(
          "task %s asks to %s, and what was called for needs labels: choose another task"
              .formatted(loaded.name(), loaded.goal().words()));
    }
  }

  private boolean hasOwnSplit() {
    return task.equals("family-trees");
  }

  /// The data of this job.
  ///
  /// @param other that of the same job with another seed
  public Task taskLike(Task other) {
    return hasOwnSplit() ? loadTask() : other;
  }

  /// The rule, new.
  ///
  /// @throws JobException if there is none of its name, or its class is of no use
  public LearningRule makeRule() {
    try {
      return Rules.named(rule, options);
    } catch (LearningException e) {
      throw new JobException(e.getMessage());
    } catch (LinkageError e) {
      throw new JobException(
          "rule class %s cannot be loaded: %s; compile it with the Java that runs here, against this version of mortal"
              .formatted(rule, e));
    }
  }

  /// The same, for a task that is loaded.
  ///
  /// @throws JobException if it does not learn what the task asks for
  public LearningRule makeRule(Task loaded) {
    LearningRule made = makeRule();
    if (made.pursues(loaded.goal())) {
      return made;
    }
    throw new JobException(
        "rule %s does not learn to %s, which task %s asks for: choose %s"
            .formatted(
                made.name(),
                loaded.goal().words(),
                loaded.name(),
                String.join(", ", Rules.names(loaded.goal()))));
  }

  /// The recipe of the rule with what the task and the job change in it.
  ///
  /// @throws JobException if there is no such rule
  public Recipe recipe() {
    return recipe(makeRule());
  }

  Recipe recipe(LearningRule made) {
    return changes.applyTo(UsualSettings.of(task).recipe().apply(made.recipe()));
  }

  /// The layer sizes, checked against the task.
  ///
  /// @throws JobException if they do not fit it
  public List<Integer> sizes(Task loaded) {
    if (layers == null) {
      return chip.equals(Rig.RESISTORS)
          ? ResistorTileBank.usualSizes(loaded)
          : UsualSettings.of(loaded.name()).sizes(loaded);
    }
    if (layers.getFirst() != loaded.inputs() || layers.getLast() != loaded.classes()) {
      throw new JobException(
          "layers %s do not fit task %s: they must begin with %d inputs and end with %d classes"
              .formatted(layers, loaded.name(), loaded.inputs(), loaded.classes()));
    }
    return layers;
  }

  /// The budget, or the task's usual one.
  public Budget budgetFor(Task loaded) {
    return budget == null ? UsualSettings.of(loaded.name()).budget() : budget;
  }

  /// Addresses of the chips of cells that forget, the fastest to forget first. The usual ones are two, with quirks of their own
  /// for each seed.
  List<String> fastChips() {
    return fast == null
        ? List.of("sim:tiox-volatile?seed=" + seed, "sim:wox-volatile?seed=" + seed)
        : fast;
  }

  private static List<String> fast(String text) {
    if (text == null) {
      return null;
    }
    return text.equals("none")
        ? List.of()
        : Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  private static Budget budget(JobOptions options) {
    Double epochs = options.positive("--epochs");
    Long queries = options.whole("--queries", 1);
    if (epochs != null && queries != null) {
      throw new JobException("--epochs and --queries are both given: choose one");
    }
    if (queries != null) {
      return new Budget.Queries(queries);
    }
    return epochs == null ? null : new Budget.Epochs(epochs);
  }

  private static String task(String name) {
    if (!Tasks.names().contains(name)) {
      throw new JobException(
          "unknown task '%s': choose one of %s".formatted(name, String.join(", ", Tasks.names())));
    }
    return name;
  }

  private static Path data(String text) {
    try {
      // MORTAL_DATA set to nothing is as good as not set.
      return text == null || text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new JobException("--data names no folder: " + e.getMessage());
    }
  }

  private static List<Integer> layers(String text) {
    if (text == null) {
      return null;
    }
    List<Integer> sizes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      long size = JobOptions.whole("--layers", part.strip(), 1);
      if (size > MOST_UNITS) {
        throw new JobException(
            "--layers: a layer has at most %d units, not %d".formatted(MOST_UNITS, size));
      }
      sizes.add((int) size);
    }
    try {
      Network.shapes(sizes);
    } catch (LearningException e) {
      throw new JobException(e.getMessage());
    }
    return List.copyOf(sizes);
  }

  private static Slope slope(String text) {
    try {
      return Slope.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new JobException("--slope must be table, live or nominal, not '%s'".formatted(text));
    }
  }
}
