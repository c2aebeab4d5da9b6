package org.mortal.bench.noise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.RunException;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.Rig;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.bench.train.TrainingRun.Heir;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;

/// Trains chips at each level of read noise and tests each at every level.
///
/// A trained chip is put on the shelf with its cells as they are and taken out again with another noise, so a test differs from
/// another in noise alone.
public final class NoiseStudy {
  private final NoiseJob job;
  private final Task task;
  private final Kernels kernels;
  private final ChipOpener chips;
  private final List<Row> rows = new ArrayList<>();

  /// A chip trained at one level and tested at another, both as multiples of the profile's noise.
  public record Row(
      String chip, double trainLevel, double testLevel, double testError, double validationError) {}

  public NoiseStudy(NoiseJob job, Task task, Kernels kernels, ChipOpener chips) {
    this.job = job;
    this.task = task;
    this.kernels = kernels;
    this.chips = chips;
  }

  /// Does all trainings, chip by chip.
  ///
  /// @param progress counts [Trainings#STEPS] for each training
  /// @param afterEach called after each training that was tested
  public void run(Progress progress, BooleanSupplier stop, Runnable afterEach) {
    for (int i = 0; i < job.chips().size(); i++) {
      for (double level : job.levels()) {
        if (stop.getAsBoolean()) {
          return;
        }
        if (train(i, level, progress, stop)) {
          afterEach.run();
        }
      }
    }
  }

  /// What is done.
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  private boolean train(int chip, double level, Progress progress, BooleanSupplier stop) {
    Path shelf = makeShelf();
    try {
      Path state = shelf.resolve("chip.state");
      String address = job.chips().get(chip);
      TrainingJob one =
          job.training().withChip(at(address, level, state), job.training().seed() + chip);
      TrainingRun run = new TrainingRun(one, task, kernels, chips);
      try (run) {
        run.train(listener(level, progress), stop);
      }
      if (run.result().interrupted()) {
        return false;
      }
      for (double test : job.levels()) {
        try (Rig rig = run.onChip(at(address, test, state))) {
          Heir heir = run.reopenedOn(rig);
          rows.add(
              new Row(
                  address, level, test, heir.error(task.test()), heir.error(task.validation())));
        }
      }
      return true;
    } finally {
      clear(shelf);
    }
  }

  private static String at(String address, double level, Path state) {
    return "%s%snoise=%s&state=%s"
        .formatted(address, address.contains("?") ? "&" : "?", level, state);
  }

  private static Path makeShelf() {
    try {
      return Files.createTempDirectory("mortal-noise");
    } catch (IOException e) {
      throw RunException.of(
          "cannot keep a chip in",
          Path.of(System.getProperty("java.io.tmpdir")),
          e,
          "make room, or choose another with -Djava.io.tmpdir");
    }
  }

  private static void clear(Path shelf) {
    try (var files = Files.list(shelf)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(shelf);
    } catch (IOException e) {
      throw RunException.of("cannot clear", shelf, e, "delete it");
    }
  }

  private Trainer.Listener listener(double level, Progress progress) {
    long before = (long) (rows.size() / job.levels().size()) * Trainings.STEPS;
    return new Trainer.Listener() {
      @Override
      public void step(long step, double done) {
        progress.stepTo(before + Math.round(done * Trainings.STEPS));
      }

      @Override
      public void epoch(Trainer.Epoch epoch) {
        progress.message(
            "noise %s: validation error %.2f %%".formatted(level, 100 * epoch.validationError()));
      }
    };
  }
}
