package org.mortal.bench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Evaluation.Score;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Sampler;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.Boltzmann;
import org.mortal.learning.task.BarsAndStripes;
import org.mortal.learning.task.Task;
import org.mortal.tile.Tile;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Boltzmann machines on the noise of simulated chips.
class BoltzmannOnChipTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final String CHIP = "sim:hfox?seed=3";
  private static final int SAMPLES = 5000;

  /// Of the converter, in weight units: 160 microamperes in 512 steps, 40 microamperes a unit.
  private static final double CODE = 160.0 / 512 / 40;

  private static Sampler rule() {
    return new Boltzmann(Boltzmann.Chains.FREE);
  }

  /// With nothing but biases, units are on as often as the noise of their reads, measured by itself, is above what is left.
  @Test
  void aUnitIsOnWithTheProbabilityOfTheMeasuredNoise() {
    try (Rig rig = Rig.onChip(CHIP, Network.shapes(List.of(12, 4, 2)), KERNELS)) {
      Network network =
          new Network(rig.bank(), 2, new Coupling.Identity(), Dropout.NONE, 1, KERNELS);
      INDArray bias = Tensors.zeros(SAMPLES, 4);
      bias.getColumn(0).assign(1);
      spread(network, bias);
      INDArray reads = network.transpose(0, bias);
      double[] mean = reads.mean(0).toDoubleVector();
      double[] deviation = reads.std(0).toDoubleVector();
      double[] on = rule().sample(network, SAMPLES).mean(0).toDoubleVector();
      int undecided = 0;
      for (int i = 0; i < on.length; i++) {
        // A converter adds the variance of its steps to what it measures, and has one that stands
        // for 0.
        double noise = Math.sqrt(Math.pow(deviation[i], 2) - CODE * CODE / 12);
        double expected =
            new NormalDistribution().cumulativeProbability((mean[i] - CODE / 2) / noise);
        assertEquals(expected, on[i], 0.035, "unit " + i);
        undecided += on[i] > 0.05 && on[i] < 0.95 ? 1 : 0;
      }
      assertTrue(undecided >= 6, undecided + " units show their noise");
    }
  }

  /// Takes the amplifiers' offsets back, and leaves units between clearly off and clearly on.
  private static void spread(Network network, INDArray bias) {
    Tile tile = network.layer(0).tile();
    for (int round = 0; round < 3; round++) {
      double[] mean = network.transpose(0, bias).mean(0).toDoubleVector();
      Batch change = Batch.zeros(tile.inputs(), tile.outputs());
      for (int i = 0; i < mean.length; i++) {
        change.set(i, 0, (float) (0.004 * (i - 5.5) - mean[i]));
      }
      tile.apply(new WeightUpdate.Increment(change));
    }
  }

  /// Six patterns of two by two. An even spread over all sixteen states is 0.98 nats away.
  @Test
  void freeChainsLearnSmallBarsAndStripes() {
    Task all = BarsAndStripes.task(2);
    Task task =
        all.withParts(all.train(), all.validation().slice(0, 60), all.test().slice(0, 6000));
    List<Integer> sizes = List.of(4, 8, 2);
    Recipe recipe = rule().recipe().withBatch(30).withRate(2e-3).withInitialScale(0.1);
    try (Rig rig = Rig.onChip(CHIP, Network.shapes(sizes), KERNELS)) {
      Network network = Trainer.network(rig.bank(), 2, recipe, 1, KERNELS);
      Score score =
          new Trainer(rule(), network, recipe, 1)
              .train(task, new Trainer.Budget.Epochs(16), new Trainer.Listener() {}, () -> false)
              .test();
      assertEquals(0, score.figures().get("patternsMissed"));
      assertTrue(score.figures().get("klNats") < 0.3, score.toString());
    }
  }
}
