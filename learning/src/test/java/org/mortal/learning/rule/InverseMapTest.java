package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.Layer;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.inverse.InvertMatrix;

/// Inverses that are learned from differences, and the targets that difference target propagation makes of them.
class InverseMapTest {

  /// More answers than inputs: what is learned undoes them, which no transpose does.
  @Test
  void learnsThePseudoInverse() {
    Philox random = new Philox(5);
    INDArray forward = Fixture.random(4, 6, random);
    InverseMap inverse = new InverseMap(6, 4, Fixture.KERNELS.products());
    for (int step = 0; step < 400; step++) {
      INDArray inputs = Fixture.random(20, 4, random);
      inverse.learn(inputs.mmul(forward).castTo(inputs.dataType()), inputs);
    }
    INDArray inputs = Fixture.random(5, 4, random);
    INDArray undone = inverse.apply(inputs.mmul(forward));
    assertEquals(0, undone.sub(inputs).norm2Number().doubleValue(), 1e-2);
    assertTrue(
        inputs.mmul(forward).mmul(forward.transpose()).sub(inputs).norm2Number().doubleValue() > 1);
  }

  @Test
  void silentAnswersTeachNothing() {
    InverseMap inverse = new InverseMap(3, 2, Fixture.KERNELS.products());
    inverse.learn(Tensors.zeros(4, 3), Tensors.zeros(4, 2).addi(1));
    assertEquals(0, inverse.apply(Tensors.zeros(1, 3).addi(1)).norm2Number().doubleValue());
  }

  /// All units are active and the upper layer is square: there the Gauss-Newton step is the error through its inverse.
  @Test
  void errorsGoBackThroughTheInverseAndNotTheTranspose() {
    Network network =
        Fixture.network(
            Fixture.exactBank(List.of(5, 4, 4, 3)), 3, new Coupling.Scaled(10), Dropout.NONE);
    for (Layer layer : network.layers()) {
      float[] bias = new float[4];
      Arrays.fill(bias, 5);
      layer.tile().setBias(bias);
    }
    Minibatch batch = Fixture.batch(40, 5, 3, 51);
    DifferenceTargetPropagation rule = new DifferenceTargetPropagation();
    network.grant(rule);
    Philox random = new Philox(2);
    for (int round = 0; round < 40; round++) {
      rule.beginEpoch(network, batch, random);
    }
    Deltas deltas = rule.estimate(network, batch, random);
    INDArray upper = Tensors.copy(network.layer(1).tile().measureWeights(1));
    INDArray above = deltas.layer(1).bias();
    INDArray below = deltas.layer(0).bias();
    INDArray inverse = above.mmul(InvertMatrix.invert(upper, false));
    INDArray transposed = above.mmul(upper.transpose());
    assertTrue(cosine(below, inverse) > 0.99, "inverse " + cosine(below, inverse));
    assertTrue(cosine(transposed, inverse) < 0.9, "transposed " + cosine(transposed, inverse));
  }

  private static double cosine(INDArray one, INDArray other) {
    return one.mul(other).sumNumber().doubleValue()
        / (one.norm2Number().doubleValue() * other.norm2Number().doubleValue());
  }
}
