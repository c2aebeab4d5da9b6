package org.mortal.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;
import org.mortal.tile.Usage;

/// Trains a network on a task by a rule.
///
/// The same rule, network, recipe and seed give the same figures, whatever the number of threads.
public final class Trainer {
  /// What is told while training goes on.
  public interface Listener {
    /// After each step.
    ///
    /// @param done the share of the budget that is spent, from 0 to 1
    default void step(long step, double done) {}

    /// After each epoch.
    default void epoch(Epoch epoch) {}
  }

  /// How long to train.
  public sealed interface Budget {
    /// Passes over the training examples.
    record Epochs(double count) implements Budget {}

    /// Vectors sent through tiles for training.
    record Queries(long count) implements Budget {}
  }

  /// How far training was after an epoch.
  ///
  /// @param number of epochs done, with a fraction where one was left early
  /// @param validationError share of validation examples that are wrong
  /// @param queries vectors sent through tiles for training so far
  /// @param cellWrites cells written for training so far, the first weights not counted
  /// @param energyJoules that the hardware spent on training so far
  /// @param seconds of training so far
  public record Epoch(
      double number,
      double validationError,
      long queries,
      long cellWrites,
      double energyJoules,
      double seconds) {}

  /// How training ended.
  ///
  /// @param test how well the test examples are mastered
  /// @param examples that were trained on, repeats counted
  /// @param interrupted whether it was stopped before its time
  public record Result(
      Evaluation.Score test,
      double validationError,
      List<Epoch> epochs,
      long examples,
      boolean interrupted,
      Meter meter) {

    /// The error of the test, from 0 to 1.
    public double testError() {
      return test.error();
    }

    /// Vectors sent through a tile for each example trained on.
    public double queriesPerSample() {
      return examples == 0 ? 0 : (double) meter.training().queries() / examples;
    }
  }

  private final LearningRule rule;
  private final Network network;
  private final Recipe recipe;
  private final long seed;

  public Trainer(LearningRule rule, Network network, Recipe recipe, long seed) {
    this.rule = rule;
    this.network = network;
    this.recipe = recipe;
    this.seed = seed;
  }

  /// A network on the tiles of `bank` as `recipe` wants it, with its first weights written.
  public static Network network(
      TileBank bank, int classes, Recipe recipe, long seed, Kernels kernels) {
    return network(bank, classes, recipe, null, seed, kernels);
  }

  /// The same with a first layer in two parts.
  ///
  /// @param partition or null for none
  public static Network network(
      TileBank bank, int classes, Recipe recipe, Partition partition, long seed, Kernels kernels) {
    Network network =
        new Network(
            bank,
            classes,
            recipe.coupling(),
            recipe.dropout(),
            Philox.key(seed, Streams.HIDDEN_DROPOUT),
            kernels);
    network.part(partition);
    network.initialise(recipe.initialScale(), new Philox(Philox.key(seed, Streams.WEIGHTS)));
    return network;
  }

  /// Trains until the budget is spent and tests once at the end.
  ///
  /// @param stop asked after each step; when it says yes, training ends there and is tested as it is
  public Result train(Task task, Budget budget, Listener listener, BooleanSupplier stop) {
    Training training = new Training(rule, network, recipe, task, budget, Teacher.NONE, seed);
    Evaluation evaluation = Evaluation.of(rule, network, task, recipe.testReads());
    Meter meter = new Meter(network.bank());
    List<Epoch> epochs = new ArrayList<>();
    boolean stopped = false;
    while (training.done() < 1 && !stopped) {
      training.step();
      listener.step(training.steps(), Math.min(1, training.done()));
      stopped = stop.getAsBoolean();
      if (training.endsEpoch() || training.done() >= 1 || stopped) {
        meter.bookTraining();
        double error = evaluation.error(task.validation());
        meter.bookEvaluation();
        Epoch epoch = epoch(training.epochs(), error, meter);
        epochs.add(epoch);
        listener.epoch(epoch);
      }
    }
    Evaluation.Score test = evaluation.score(task.test());
    meter.bookEvaluation();
    return new Result(
        test,
        epochs.isEmpty() ? 1 : epochs.getLast().validationError(),
        epochs,
        training.examples(),
        stopped && training.done() < 1,
        meter);
  }

  private static Epoch epoch(double number, double validationError, Meter meter) {
    Usage used = meter.training();
    return new Epoch(
        number,
        validationError,
        used.queries(),
        used.cellWrites(),
        used.energyJoules(),
        meter.trainingSeconds());
  }
}
