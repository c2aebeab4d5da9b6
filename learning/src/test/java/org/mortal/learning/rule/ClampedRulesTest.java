package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Deltas;
import org.mortal.learning.Fixture;
import org.mortal.learning.Layer;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Contrastive Hebbian learning and GeneRec: two estimates from the same two phases.
class ClampedRulesTest {
  private final Network network = network();
  private final Minibatch batch = Fixture.batch(12, 7, 3, 51);
  private final SlopeTable table = SlopeTable.measure(network, batch);

  /// All units are active, far from the kinks of their rectifiers, and outputs hardly move with what they feed back.
  private static Network network() {
    Network network = Fixture.network(Fixture.exactBank(List.of(7, 6, 5, 3)), 3);
    network.lastHead().weights().muli(0.3);
    for (Layer layer : network.layers()) {
      INDArray weights = Tensors.copy(layer.tile().measureWeights(1)).muli(0.3);
      layer.tile().apply(new WeightUpdate.Program(Tensors.batch(weights), 0));
      float[] bias = new float[layer.tile().outputs()];
      Arrays.fill(bias, 1);
      layer.tile().setBias(bias);
    }
    return network;
  }

  private INDArray[] copies(Deltas deltas) {
    INDArray[] copies = new INDArray[3];
    for (int k = 0; k < 2; k++) {
      copies[k] = deltas.layer(k).weights().dup();
    }
    copies[2] = deltas.head(1).weights().dup();
    return copies;
  }

  private INDArray[] contrastive(double feedback) {
    return copies(
        ContrastiveHebbian.estimate(network, batch, new Clamping(network, table, feedback, 20)));
  }

  private INDArray[] generec(double feedback) {
    return copies(GeneRec.estimate(network, batch, new Clamping(network, table, feedback, 20)));
  }

  private static double distance(INDArray one, INDArray other) {
    return one.sub(other).norm2Number().doubleValue() / other.norm2Number().doubleValue();
  }

  @Test
  void withWeakFeedbackBothAreTheGradientOfTheCrossEntropy() {
    INDArray[] exact = copies(new Backprop().estimate(network, batch, new Philox(1)));
    INDArray[] near = contrastive(0.1);
    INDArray[] far = contrastive(0.2);
    INDArray[] oneProduct = generec(0.1);
    for (int k = 0; k < 3; k++) {
      double distance = distance(near[k], exact[k]);
      assertTrue(distance < 0.05, "layer " + k + " " + distance);
      assertEquals(2, distance(far[k], exact[k]) / distance, 0.5, "layer " + k);
      assertTrue(distance(oneProduct[k], exact[k]) < 0.05, "layer " + k);
    }
  }

  /// The inputs of the first layer are the same in both phases, so it cannot tell the two rules apart.
  @Test
  void generecIsOneProductOfTheTwo() {
    INDArray[] two = contrastive(0.3);
    INDArray[] one = generec(0.3);
    assertEquals(0, distance(one[0], two[0]), 1e-4);
    assertTrue(distance(one[1], two[1]) > 1e-3, "layer 1");
    assertTrue(distance(one[2], two[2]) > 1e-3, "layer 2");
  }
}
