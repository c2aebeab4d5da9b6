package org.mortal.bench.compare;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.mortal.bench.report.Progress;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;

/// Trains one job after another, or as many as there are threads, and shows how far all of them are.
///
/// Side by side takes less time in all, since each training has a thread to itself and none waits for another; what is
/// learned does not depend on it, but the seconds of a training do.
///
/// @param sideBySide whether as many train at a time as there are threads
/// @param chips how chips are opened
/// @param progress counts a thousand steps for each training
/// @param stop says yes when training is to end at its next step
public record Trainings(
    Kernels kernels,
    boolean sideBySide,
    ChipOpener chips,
    Progress progress,
    BooleanSupplier stop) {
  /// Steps of progress in a training.
  public static final int STEPS = 1000;

  /// Trains a job.
  ///
  /// @param name for the progress bar
  /// @return nothing if it was stopped before its end
  Optional<ChipRun> train(TrainingJob job, Task task, String name) {
    if (stop.getAsBoolean()) {
      return Optional.empty();
    }
    try (TrainingRun run = new TrainingRun(job, task, kernels, chips)) {
      TrainingRun.Figures figures = run.train(listener(name), stop);
      return run.result().interrupted()
          ? Optional.empty()
          : Optional.of(
              new ChipRun(job.rule(), job.chip(), job.seed(), figures, run.result().epochs()));
    }
  }

  /// Does numbered pieces of work, each of which trains.
  void each(int count, IntConsumer piece) {
    if (sideBySide) {
      // What a piece asks the same workers for, it does on its own thread.
      kernels.workers().forEach(count, piece);
    } else {
      IntStream.range(0, count).forEach(piece);
    }
  }

  private Trainer.Listener listener(String name) {
    return new Trainer.Listener() {
      private long before;

      @Override
      public void step(long step, double done) {
        long now = Math.round(done * STEPS);
        for (; before < now; before++) {
          progress.step();
        }
      }

      @Override
      public void epoch(Trainer.Epoch epoch) {
        progress.message(
            "%s: validation error %.2f %%".formatted(name, 100 * epoch.validationError()));
      }
    };
  }
}
