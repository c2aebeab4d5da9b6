package org.mortal.bench.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.mortal.kernel.Kernels;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;

/// A job on its rig, from opening the chip to the tested network.
public final class TrainingRun implements AutoCloseable {
  /// For copying to another chip: reads averaged for a weight, and how near it must come.
  private static final int COPY_READS = 16;

  private static final double COPY_TOLERANCE = 0.005;

  private final TrainingJob job;
  private final Task task;
  private final Kernels kernels;
  private final LearningRule rule;
  private final Recipe recipe;
  private final List<TileBank.Shape> shapes;
  private final Rig rig;
  private final Network network;
  private Trainer.Result result;

  /// Opens the chip and writes the first weights. A yardstick runs on exact software instead.
  public TrainingRun(TrainingJob job, Task task, Kernels kernels) {
    this.job = job;
    this.task = task;
    this.kernels = kernels;
    this.rule = job.makeRule();
    this.recipe = job.recipe(rule);
    this.shapes = Network.shapes(job.sizes(task));
    this.rig =
        rule.isYardstick()
            ? Rig.exact(shapes, kernels)
            : Rig.onChip(job.chip(), shapes, kernels);
    this.network = Trainer.network(rig.bank(), task.classes(), recipe, job.seed(), kernels);
  }

  /// Trains until the budget is spent or `stop` says so.
  public Figures train(Trainer.Listener listener, BooleanSupplier stop) {
    Trainer trainer = new Trainer(rule, network, recipe, job.seed());
    result = trainer.train(task, job.budgetFor(task), listener, stop);
    return figures();
  }

  /// What a run came to.
  ///
  /// @param queriesPerSample vectors sent through a tile for each example
  public record Figures(
      double testError,
      double validationError,
      long deviceQueries,
      double queriesPerSample,
      long cellWrites,
      double energyJoules,
      double seconds,
      double chipSeconds,
      long examples) {}

  private Figures figures() {
    Usage used = result.meter().training();
    return new Figures(
        result.testError(),
        result.validationError(),
        used.queries(),
        result.queriesPerSample(),
        used.cellWrites(),
        used.energyJoules(),
        result.meter().trainingSeconds(),
        used.chipSeconds(),
        result.examples());
  }

  /// The test error of the trained network after its weights, as they can be measured, were written to another chip.
  public double copyTo(String address) {
    try (Rig other = Rig.onChip(address, shapes, kernels)) {
      Network copy = Trainer.network(other.bank(), task.classes(), recipe, job.seed(), kernels);
      copy.copyFrom(network, COPY_READS, COPY_TOLERANCE);
      return rule.error(copy, task.test());
    }
  }

  public Trainer.Result result() {
    return result;
  }

  public Network network() {
    return network;
  }

  public Rig rig() {
    return rig;
  }

  public LearningRule rule() {
    return rule;
  }

  /// Examples a step.
  public int batch() {
    return recipe.batch();
  }

  public List<TileBank.Shape> shapes() {
    return shapes;
  }

  @Override
  public void close() {
    rig.close();
  }
}
