package org.mortal.bench.transfer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.report.Progress;
import org.mortal.bench.train.Rig;
import org.mortal.bench.train.TrainingRun;
import org.mortal.bench.train.TrainingRun.Heir;
import org.mortal.learning.Learned;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Lesson;
import org.mortal.learning.Meter;
import org.mortal.learning.Recipe;
import org.mortal.learning.Training;
import org.mortal.learning.rule.LayerMatching;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.mortal.tile.Usage;

/// Hands on what a chip has learned: to every heir by every way, each on the chip as it was when new.
///
/// The transfer set is the first training examples without their labels.
public final class Inheritance {
  private final TransferJob job;
  private final Task task;
  private final TrainingRun home;
  private final Bits bits;
  private final List<Row> rows = new ArrayList<>();
  private final Map<Lesson.Kind, Lesson> lessons = new EnumMap<>(Lesson.Kind.class);

  /// @param home a training that has ended
  public Inheritance(TransferJob job, Task task, TrainingRun home) {
    this.job = job;
    this.task = task;
    this.home = home;
    this.bits = Bits.of(home.network());
  }

  /// What it takes to copy all that home has learned.
  public Bits bits() {
    return bits;
  }

  /// The heirs that are done.
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /// Hands on to all heirs, one after the other.
  ///
  /// @param progress counts [Trainings#STEPS] for each row
  /// @param afterEach called after each row
  public void run(Progress progress, BooleanSupplier stop, Runnable afterEach) {
    for (String chip : job.heirs()) {
      if (stop.getAsBoolean()) {
        return;
      }
      keep(copied(chip), progress, afterEach);
      for (Way way : job.ways()) {
        for (int count : job.examples()) {
          long before = (1L + rows.size()) * Trainings.STEPS;
          DoubleConsumer told =
              done -> progress.stepTo(before + Math.round(done * Trainings.STEPS));
          distilled(chip, way, count, told, stop).ifPresent(row -> keep(row, progress, afterEach));
        }
      }
    }
  }

  /// How many rows there will be.
  public static int size(TransferJob job) {
    return job.heirs().size() * (1 + job.ways().size() * job.examples().size());
  }

  private void keep(Row row, Progress progress, Runnable afterEach) {
    rows.add(row);
    progress.stepTo((1L + rows.size()) * Trainings.STEPS);
    progress.message(
        "%s on %s: test error %.2f %%".formatted(row.way(), row.chip(), 100 * row.testError()));
    afterEach.run();
  }

  /// An heir with the weights of home, as they can be measured and written, and nothing learned.
  private Row copied(String chip) {
    try (Rig rig = home.onChip(chip)) {
      Meter meter = new Meter(rig.bank());
      Heir heir = home.copyOn(rig);
      meter.bookTraining();
      return row(chip, Row.COPIED, 0, heir, 0, bits.copy(), meter);
    }
  }

  /// An heir that has learned.
  ///
  /// @param count size of the transfer set
  /// @param progress told the share of the steps that is done
  /// @return nothing if it was stopped before its end
  private Optional<Row> distilled(
      String chip, Way way, int count, DoubleConsumer progress, BooleanSupplier stop) {
    try (Rig rig = home.onChip(chip)) {
      Meter meter = new Meter(rig.bank());
      Heir heir = way.copied() ? home.copyOn(rig) : fresh(rig, way, chip);
      Lesson lesson = lesson(way.lesson()).first(count);
      Training training = training(way, heir, lesson, count);
      while (training.done() < 1) {
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        training.step();
        progress.accept(training.done());
      }
      meter.bookTraining();
      long sent = lesson.bits() + bits.with(way);
      return Optional.of(row(chip, way.words(), count, heir, lesson.bitsPerExample(), sent, meter));
    }
  }

  private Heir fresh(Rig rig, Way way, String chip) {
    // A seed of its own: heirs are born apart.
    Heir heir = home.newOn(rig, job.home().seed() + 1 + job.heirs().indexOf(chip));
    if (way.lesson() == Lesson.Kind.ACTIVITIES) {
      Learned.copyHeads(home.network(), heir.network());
    }
    return heir;
  }

  private Training training(Way way, Heir heir, Lesson lesson, int count) {
    boolean matching = way.lesson() == Lesson.Kind.ACTIVITIES;
    LearningRule rule = matching ? new LayerMatching() : job.home().makeRule();
    Recipe recipe =
        matching ? job.matching(way, home.recipe()) : home.recipe().withBatch(job.batch());
    Task shown = task.withParts(task.train().slice(0, count), task.validation(), task.test());
    return new Training(
        rule, heir.network(), recipe, shown, job.budget(count, recipe), lesson, job.home().seed());
  }

  /// Shown once, as large as it will ever be needed.
  private Lesson lesson(Lesson.Kind kind) {
    return lessons.computeIfAbsent(
        kind,
        _ -> {
          DataSet shown = task.train().slice(0, job.examples().getLast());
          return switch (kind) {
            case ACTIVITIES -> Lesson.activities(home.network(), shown.inputs(), job.bits());
            case SOFT_TARGETS ->
                Lesson.softTargets(
                    home.rule(), home.network(), shown.inputs(), job.temperature(), job.bits());
          };
        });
  }

  private Row row(
      String chip, String way, int count, Heir heir, long perExample, long sent, Meter meter) {
    Usage used = meter.training();
    return new Row(
        chip,
        way,
        count,
        heir.error(task.test()),
        heir.error(task.validation()),
        perExample,
        sent,
        used.queries(),
        used.cellWrites(),
        used.energyJoules(),
        meter.trainingSeconds());
  }
}
