package org.mortal.learning;

import java.util.List;
import java.util.function.Function;
import org.mortal.kernel.Batch;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What copies of one digital model can do and chips cannot: agree by the mean of their weights.
///
/// Source: McMahan et al., Communication-Efficient Learning of Deep Networks from Decentralized Data, AISTATS 2017.
public final class WeightAverage {
  private WeightAverage() {}

  /// Gives all networks, of one shape and on exact tiles, the mean of their weights, biases and heads.
  public static void share(List<Network> networks) {
    for (int k = 0; k < networks.getFirst().depth(); k++) {
      int layer = k;
      Batch weights =
          Tensors.batch(
              mean(networks, one -> Tensors.copy(one.layer(layer).tile().measureWeights(1))));
      float[] bias =
          mean(networks, one -> Tensors.copy(Batch.of(new float[][] {bias(one, layer)})))
              .toFloatVector();
      INDArray head = mean(networks, one -> one.layer(layer).head().weights());
      INDArray headBias = mean(networks, one -> one.layer(layer).head().bias());
      for (Network network : networks) {
        network.layer(k).tile().apply(new WeightUpdate.Program(weights, 0));
        network.layer(k).tile().setBias(bias);
        network.layer(k).head().weights().assign(head);
        network.layer(k).head().bias().assign(headBias);
      }
    }
  }

  private static float[] bias(Network network, int layer) {
    return network.layer(layer).tile().bias();
  }

  private static INDArray mean(List<Network> networks, Function<Network, INDArray> part) {
    INDArray sum = part.apply(networks.getFirst()).dup('c');
    networks.subList(1, networks.size()).forEach(network -> sum.addi(part.apply(network)));
    return sum.divi(networks.size());
  }
}
