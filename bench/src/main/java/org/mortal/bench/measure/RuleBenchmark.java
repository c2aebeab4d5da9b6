package org.mortal.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;

/// Times training against the bare matrix products that it cannot do without.
///
/// After each training step the bare products of a step are timed on matrices of the same shapes: for each layer the
/// forward product and the gradient, for each head those two and the way back. A busy moment of the machine hits both
/// alike.
public final class RuleBenchmark {
  private final Kernels kernels;

  public RuleBenchmark(Kernels kernels) {
    this.kernels = kernels;
  }

  /// @param epochSeconds training for one epoch, without evaluation
  /// @param bareSeconds the bare products of one epoch
  /// @param ratio of the two
  public record Row(
      String rule, String chip, double epochSeconds, double bareSeconds, double ratio) {}

  /// Trains by the job's budget; the first epoch, in which code is compiled, is not counted.
  public Row run(TrainingJob job, Task task) {
    try (TrainingRun run = new TrainingRun(job, task, kernels)) {
      int batch = Math.min(run.batch(), task.train().size());
      Products products = new Products(run.shapes(), task.classes(), batch);
      Timing timing = new Timing(products, task.train().size() / batch);
      run.train(timing, () -> false);
      double epochs = (double) timing.counted / timing.stepsPerEpoch;
      double train = timing.trainNanos * 1e-9 / epochs;
      double bare = timing.bareNanos * 1e-9 / epochs;
      return new Row(job.rule(), run.rig().chipId(), train, bare, train / bare);
    }
  }

  private static final class Timing implements Trainer.Listener {
    private final Products products;
    private final int stepsPerEpoch;
    private long mark = System.nanoTime();
    private long counted;
    private long trainNanos;
    private long bareNanos;

    Timing(Products products, int stepsPerEpoch) {
      this.products = products;
      this.stepsPerEpoch = stepsPerEpoch;
    }

    @Override
    public void step(long step, double done) {
      long trained = System.nanoTime();
      products.run();
      long bare = System.nanoTime();
      if (step > stepsPerEpoch) {
        trainNanos += trained - mark;
        bareNanos += bare - trained;
        counted++;
      }
      mark = System.nanoTime();
    }

    @Override
    public void epoch(Trainer.Epoch epoch) {
      // Validation came between; it is no part of training.
      mark = System.nanoTime();
    }
  }

  /// The products of one step.
  private final class Products {
    private final List<Runnable> all = new ArrayList<>();

    Products(List<TileBank.Shape> shapes, int classes, int batch) {
      Philox random = new Philox(1);
      for (TileBank.Shape shape : shapes) {
        Batch x = filled(batch, shape.inputs(), random);
        Batch y = filled(batch, shape.outputs(), random);
        Batch weights = filled(shape.inputs(), shape.outputs(), random);
        Batch head = filled(shape.outputs(), classes, random);
        Batch logits = filled(batch, classes, random);
        Batch gradient = Batch.zeros(shape.inputs(), shape.outputs());
        Batch headGradient = Batch.zeros(shape.outputs(), classes);
        Batch answer = Batch.zeros(batch, shape.outputs());
        Batch scores = Batch.zeros(batch, classes);
        all.add(() -> kernels.products().multiply(x, weights, answer));
        all.add(() -> kernels.products().multiplyLeftTransposed(x, y, gradient));
        all.add(() -> kernels.products().multiply(y, head, scores));
        all.add(() -> kernels.products().multiplyLeftTransposed(y, logits, headGradient));
        all.add(() -> kernels.products().multiplyRightTransposed(logits, head, answer));
      }
    }

    private static Batch filled(int rows, int columns, Philox random) {
      Batch batch = Batch.zeros(rows, columns);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          batch.set(r, c, random.nextFloat());
        }
      }
      return batch;
    }

    void run() {
      all.forEach(Runnable::run);
    }
  }
}
