package org.mortal.bench.compare;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.mortal.bench.run.CsvColumns;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.JobException;
import org.mortal.bench.train.RecipeChanges;
import org.mortal.bench.train.TrainingJob;
import org.mortal.kernel.Philox;
import org.mortal.learning.Dropout;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.task.Task;

/// The same effort for every rule: random search with a fixed number of trials, all on the same few chips, which are not
/// compared. One training tells recipes apart that differ by more than its luck, and near the best few do: so each trial
/// is judged by the mean over the chips.
///
/// The first trial is the rule's own recipe. The others draw a rate and a rate of heads, log-uniform within a factor of
/// [#FACTOR] of the rule's own, one of [#DROPOUTS], a smoothing below [#MOST_SMOOTHING], and whether
/// steps are centred. Trial by trial the draws are
/// the same for all rules. What the command line fixes is not drawn. The test examples are out of sight: trials are
/// given the validation examples in their place.
///
/// Source: Bergstra and Bengio, JMLR 13, 281 (2012), for random search.
///
/// @param trials for each rule
/// @param budget of a trial, or null for that of the comparison
/// @param chips addresses of those that trials run on
/// @param seed of training on the first of them, one more on each that follows, and of the draws
public record Tuning(int trials, Budget budget, List<String> chips, long seed) {
  /// Simulated chips to tune on, if none are named.
  private static final int CHIPS = 3;

  private static final String FILE = "tuning.csv";
  private static final Pattern SEED = Pattern.compile("(.*[?&]seed=)[^&]*(.*)");
  private static final long FIRST_SEED = 1000;

  static final double FACTOR = 4;
  static final double MOST_SMOOTHING = 0.2;
  static final List<Dropout> DROPOUTS =
      List.of(
          new Dropout(0, 0),
          new Dropout(0, 0.2),
          new Dropout(0.1, 0.2),
          new Dropout(0.2, 0.35),
          new Dropout(0.2, 0.5));

  private static final String[] COLUMNS = {
    "rule",
    "trial",
    "chip",
    "rate",
    "headRate",
    "dropoutInput",
    "dropoutHidden",
    "smoothing",
    "centred",
    "validationError",
    "seconds"
  };

  /// Simulated chips like those of `addresses`, with seeds of their own.
  ///
  /// @throws JobException if they are no simulated chips
  public static List<String> chipsBeside(List<String> addresses) {
    String first = addresses.getFirst();
    if (!first.startsWith("sim:")) {
      throw new JobException(
          "--tune needs chips that are not compared, and there is no other %s: name them with --tune-chips"
              .formatted(first));
    }
    Matcher named = SEED.matcher(first);
    String before =
        named.matches() ? named.group(1) : first + (first.contains("?") ? "&seed=" : "?seed=");
    String after = named.matches() ? named.group(2) : "";
    return LongStream.iterate(FIRST_SEED, seed -> seed + 1)
        .mapToObj(seed -> before + seed + after)
        .filter(address -> !addresses.contains(address))
        .limit(CHIPS)
        .toList();
  }

  /// Does the trials of a rule that `folder` does not hold yet.
  ///
  /// @return the best, or nothing if it was stopped before its end
  public Optional<Trial> tune(TrainingJob job, Task task, Trainings trainings, RunFolder folder) {
    List<Trial> done = read(folder);
    List<Place> places = missing(job.rule(), done);
    Task hidden = task.withParts(task.train(), task.validation(), task.validation());
    trainings.each(
        places.size(),
        i -> {
          Place place = places.get(i);
          TrainingJob one = trial(job, place);
          String name =
              "tuning %s, trial %d, chip %d"
                  .formatted(job.rule(), place.number(), place.chip() + 1);
          trainings
              .train(one, hidden, name)
              .ifPresent(run -> keep(Trial.of(place.number(), one.recipe(), run), done, folder));
        });
    Map<Integer, List<Trial>> byNumber =
        done.stream()
            .filter(trial -> trial.rule().equals(job.rule()))
            // Not as they came to an end, which differs from run to run.
            .sorted(Comparator.comparingInt(trial -> chips.indexOf(trial.chip())))
            .collect(Collectors.groupingBy(Trial::number, TreeMap::new, Collectors.toList()));
    return missing(job.rule(), done).isEmpty()
        // Of equals the first, so that settings differ from the rule's own only with a reason.
        ? byNumber.values().stream()
            .map(Trial::mean)
            .min(Comparator.comparingDouble(Trial::validationError))
        : Optional.empty();
  }

  private static void keep(Trial trial, List<Trial> done, RunFolder folder) {
    synchronized (done) {
      done.add(trial);
      folder.write(FILE, table(done));
    }
  }

  /// How many trainings of `rules` are still to be done.
  public int missing(List<String> rules, RunFolder folder) {
    List<Trial> done = read(folder);
    return rules.stream().mapToInt(rule -> missing(rule, done).size()).sum();
  }

  /// @param number of the trial
  /// @param chip index of one of [#chips]
  record Place(int number, int chip) {}

  private List<Place> missing(String rule, List<Trial> done) {
    List<Place> missing = new ArrayList<>();
    for (int number = 0; number < trials; number++) {
      for (int chip = 0; chip < chips.size(); chip++) {
        int at = number;
        String address = chips.get(chip);
        if (done.stream().noneMatch(trial -> trial.is(rule, at, address))) {
          missing.add(new Place(number, chip));
        }
      }
    }
    return missing;
  }

  /// The job of a trial on a chip.
  TrainingJob trial(TrainingJob job, Place place) {
    TrainingJob on =
        job.withChip(chips.get(place.chip()), seed + place.chip())
            .withBudget(budget == null ? job.budget() : budget);
    return place.number() == 0
        ? on
        : on.withChanges(job.changes().or(draw(job.recipe(), place.number())));
  }

  private RecipeChanges draw(Recipe own, int number) {
    Philox random = new Philox(Philox.key(seed, number));
    double rate = own.rate() * Math.pow(FACTOR, 2 * random.nextDouble() - 1);
    double headRate = own.headRate() * Math.pow(FACTOR, 2 * random.nextDouble() - 1);
    Dropout dropout = DROPOUTS.get(random.nextInt(DROPOUTS.size()));
    double smoothing = MOST_SMOOTHING * random.nextDouble();
    boolean centred = random.nextBoolean();
    return new RecipeChanges(
        rate, null, headRate, null, dropout, smoothing, null, centred, null, null);
  }

  private static CsvTable table(List<Trial> trials) {
    CsvTable table = new CsvTable(COLUMNS);
    for (Trial trial : trials) {
      table.add(
          trial.rule(),
          trial.number(),
          trial.chip(),
          trial.rate(),
          trial.headRate(),
          trial.dropoutInput(),
          trial.dropoutHidden(),
          trial.smoothing(),
          trial.centred(),
          trial.validationError(),
          trial.seconds());
    }
    return table;
  }

  private static List<Trial> read(RunFolder folder) {
    if (!Files.exists(folder.file(FILE))) {
      return new ArrayList<>();
    }
    return CsvColumns.read(
        folder.file(FILE),
        List.of(COLUMNS),
        line ->
            new Trial(
                line.text("rule"),
                (int) line.whole("trial"),
                line.text("chip"),
                line.finite("rate"),
                line.finite("headRate"),
                line.finite("dropoutInput"),
                line.finite("dropoutHidden"),
                line.finite("smoothing"),
                line.text("centred").equals("true"),
                line.finite("validationError"),
                line.finite("seconds")));
  }
}
