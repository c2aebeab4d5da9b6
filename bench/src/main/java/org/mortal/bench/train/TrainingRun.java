package org.mortal.bench.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.mortal.bench.measure.DigitalReference;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Access;
import org.mortal.learning.Evaluation;
import org.mortal.learning.Learned;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.Partition;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.FastWeights;
import org.mortal.learning.task.DataSet;
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
  private final ChipOpener chips;
  private final LearningRule rule;
  private final Recipe recipe;
  private final List<TileBank.Shape> shapes;
  private final Rig rig;
  private final Fading fading;
  private final Network network;
  private Trainer.Result result;

  /// Opens the chip and writes the first weights. A yardstick runs on exact software instead.
  public TrainingRun(TrainingJob job, Task task, Kernels kernels) {
    this(job, task, kernels, Chips::open);
  }

  /// The same with chips opened by `chips`.
  public TrainingRun(TrainingJob job, Task task, Kernels kernels, ChipOpener chips) {
    this.job = job;
    this.task = task;
    this.kernels = kernels;
    this.chips = chips;
    this.rule = job.makeRule(task);
    this.recipe = job.recipe(rule);
    this.shapes = Network.shapes(job.sizes(task));
    this.rig =
        rule.isYardstick()
            ? Rig.exact(shapes, kernels)
            : Rig.at(
                chips,
                job.chip(),
                shapes,
                recipe.writing().wantsSpares() ? shapes : List.of(),
                kernels);
    try {
      this.fading = openFading();
    } catch (RuntimeException | Error e) {
      rig.close();
      throw e;
    }
    try {
      this.network = newNetwork(rig, job.seed());
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Fading openFading() {
    if (!hasFastWeights()) {
      return Fading.NONE;
    }
    TileBank.Shape memory = FastWeights.memoryShape(shapes.getLast().outputs(), task.classes());
    return Fading.open(chips, job.fastChips(), memory, kernels);
  }

  private boolean hasFastWeights() {
    return rule.needs().contains(Access.FAST_WEIGHTS);
  }

  private TileBank bank(Rig on) {
    return hasFastWeights() ? fading.beside(on.bank()) : on.bank();
  }

  private Network newNetwork(Rig on, long seed) {
    Partition partition = UsualSettings.partition(task, job.sizes(task));
    return Trainer.network(bank(on), task.classes(), recipe, partition, seed, kernels);
  }

  /// Trains until the budget is spent or `stop` says so.
  public Figures train(Trainer.Listener listener, BooleanSupplier stop) {
    Trainer trainer = new Trainer(rule, network, recipe, job.seed());
    try {
      result = trainer.train(task, job.budgetFor(task), listener, stop);
    } catch (RuntimeException e) {
      throw blame(e);
    }
    return figures();
  }

  /// A bug in a rule of the user's own is not called one of Mortal's.
  private RuntimeException blame(RuntimeException error) {
    if (isOurs(rule) || isOurs(error)) {
      return error;
    }
    LearningException blamed =
        new LearningException(
            "rule %s failed: %s; --debug shows where".formatted(rule.getClass().getName(), error));
    blamed.initCause(error);
    return blamed;
  }

  private static boolean isOurs(Object object) {
    return object.getClass().getName().startsWith("org.mortal.");
  }

  /// What a run came to.
  ///
  /// @param queriesPerSample vectors sent through a tile for each example
  /// @param digitalJoules what digital hardware takes for the same multiplications; updates are not in it
  public record Figures(
      double testError,
      double validationError,
      long deviceQueries,
      double queriesPerSample,
      long cellWrites,
      double energyJoules,
      double digitalJoules,
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
        DigitalReference.INT8_SRAM.joules(used.multiplications()),
        result.meter().trainingSeconds(),
        used.chipSeconds(),
        result.examples());
  }

  /// Tiles of the same shapes on another chip, for [#copyTo]. To be asked for before training: a chip that is not there
  /// should not be missed only after it.
  public Rig onChip(String address) {
    return Rig.at(chips, address, shapes, List.of(), kernels);
  }

  /// The test error of the trained network after its weights, as they can be measured, were written to another chip.
  public double copyTo(Rig other) {
    return copyOn(other).error(task.test());
  }

  /// The trained network's weights, as they can be measured, written to another chip, with its biases and heads.
  public Heir copyOn(Rig other) {
    Heir heir = newOn(other, job.seed());
    Learned.copy(network, heir.network(), COPY_READS, COPY_TOLERANCE);
    return heir;
  }

  /// A network like the trained one that has learned nothing yet, on another chip.
  ///
  /// @param seed of its first weights and masks
  public Heir newOn(Rig other, long seed) {
    return heir(newNetwork(other, seed));
  }

  /// The trained network on its own chip, opened once more from its state: nothing is written.
  public Heir reopenedOn(Rig same) {
    Network again =
        new Network(bank(same), task.classes(), recipe.coupling(), recipe.dropout(), 0, kernels);
    for (int k = 0; k < again.depth(); k++) {
      again.layer(k).tile().setBias(network.layer(k).tile().bias());
    }
    Learned.copyHeads(network, again);
    return heir(again);
  }

  private Heir heir(Network other) {
    return new Heir(other, Evaluation.of(rule, other, task, recipe.testReads()));
  }

  /// A network that took something over from the training.
  public record Heir(Network network, Evaluation evaluation) {
    /// The share of examples of `data` that it gets wrong.
    public double error(DataSet data) {
      return evaluation.error(data);
    }
  }

  public Trainer.Result result() {
    return result;
  }

  public Task task() {
    return task;
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

  /// The recipe of the rule with what the job changes in it.
  public Recipe recipe() {
    return recipe;
  }

  public List<TileBank.Shape> shapes() {
    return shapes;
  }

  @Override
  public void close() {
    try {
      rig.close();
    } finally {
      fading.close();
    }
  }
}
