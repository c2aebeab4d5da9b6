package org.mortal.bench.check;

import java.util.Arrays;
import java.util.List;
import org.mortal.bench.oracle.GradientOracle;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.Rig;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.LocalCrossEntropy;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.mortal.sim.SimChip;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.TileBank;

/// A small network on a chip whose hidden truth is known: what estimates are measured on.
///
/// @param rig its tiles
/// @param batch the examples that all estimates are of
/// @param samples examples to measure slopes with
public record Specimen(Rig rig, Network network, Minibatch batch, Minibatch samples)
    implements AutoCloseable {
  /// Examples that a rule measures with before its first estimate.
  private static final int SAMPLES = 200;

  private static final int TRAINING_BATCH = 50;

  private static final double SMOOTHING = Recipe.STANDARD.smoothing();

  /// How each specimen is made.
  ///
  /// @param chip address
  /// @param sizes of layers, from inputs to classes
  /// @param epochs that local cross-entropy trained it for; 0 leaves it as it was drawn
  /// @param batch examples of an estimate
  /// @param seed of first weights and order of examples
  public record Settings(String chip, List<Integer> sizes, double epochs, int batch, long seed) {}

  /// A partly trained network with the couplings that `rule` wants; on exact software where the rule can run nowhere else.
  public static Specimen trained(
      Settings settings, Task task, LearningRule rule, Kernels kernels, ChipOpener chips) {
    List<TileBank.Shape> shapes = Network.shapes(settings.sizes());
    Rig rig =
        rule.isYardstick()
            ? Rig.exact(shapes, kernels)
            : Rig.onChip(chips, settings.chip(), shapes, kernels);
    try {
      // Masks would be noise that the truth knows nothing of.
      Recipe recipe =
          Recipe.STANDARD
              .withDropout(Dropout.NONE)
              .withCoupling(rule.recipe().coupling())
              .withBatch(TRAINING_BATCH);
      Network network =
          Trainer.network(rig.bank(), task.classes(), recipe, settings.seed(), kernels);
      Specimen specimen =
          new Specimen(
              rig, network, batch(task.train(), settings.batch()), batch(task.train(), SAMPLES));
      specimen.oracle();
      if (settings.epochs() > 0) {
        new Trainer(new LocalCrossEntropy(Slope.TABLE), network, recipe, settings.seed())
            .train(
                task,
                new Trainer.Budget.Epochs(settings.epochs()),
                new Trainer.Listener() {},
                () -> false);
      }
      return specimen;
    } catch (RuntimeException | Error e) {
      rig.close();
      throw e;
    }
  }

  /// The first examples of a data set, with smoothed targets.
  static Minibatch batch(DataSet data, int most) {
    DataSet some = data.slice(0, Math.min(most, data.size()));
    float[][] targets = new float[some.size()][some.classes()];
    for (int n = 0; n < targets.length; n++) {
      Arrays.fill(targets[n], (float) (SMOOTHING / some.classes()));
      targets[n][some.labels()[n]] += (float) (1 - SMOOTHING);
    }
    return new Minibatch(some.inputs().dup('c'), some.labels(), Tensors.copy(Batch.of(targets)), 0);
  }

  /// The truth as it is now.
  ///
  /// @throws LearningException if the chip is no simulated one, or its truth has no derivative
  GradientOracle oracle() {
    if (rig.chip().isEmpty()) {
      return GradientOracle.exact(network);
    }
    if (rig.chip().get().bare() instanceof SimChip chip
        && rig.bank() instanceof CrossbarTileBank bank) {
      return GradientOracle.of(network, bank, chip);
    }
    throw new LearningException(
        "the true gradient is known on simulated chips only, and %s is none: give --chip sim:..."
            .formatted(rig.chipId()));
  }

  @Override
  public void close() {
    rig.close();
  }
}
