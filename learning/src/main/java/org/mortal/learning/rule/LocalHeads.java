package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.List;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Losses;
import org.mortal.learning.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Heads that each answer for their layer and all together: the error at a layer is half that of its own head and half that of
/// all heads added up.
final class LocalHeads {

  /// Turns a derivative by activity into one by what reaches a neuron.
  interface Neurons {
    /// @param delta of layer `k`, n x units, changed in place
    void through(int k, INDArray delta);
  }

  private LocalHeads() {}

  /// The estimate for all layers and heads.
  ///
  /// @param beside logits that are added to the answer of each head and of all, n x classes, or null for none
  static Deltas estimate(
      Network network, Activations pass, INDArray targets, INDArray beside, Neurons neurons) {
    Deltas deltas = network.deltas();
    List<INDArray> logits = new ArrayList<>();
    for (int k = 0; k < network.depth(); k++) {
      logits.add(network.layer(k).head().logits(pass.hidden(k)));
    }
    INDArray sum = logits.getFirst().dup();
    logits.subList(1, logits.size()).forEach(sum::addi);
    INDArray shared = error(sum, beside, targets);
    for (int k = 0; k < network.depth(); k++) {
      INDArray error = error(logits.get(k), beside, targets).addi(shared).muli(0.5);
      deltas.head(k, pass.hidden(k), error);
      INDArray delta = network.layer(k).head().back(error);
      neurons.through(k, delta);
      deltas.layer(k, pass.input(k), delta);
    }
    return deltas;
  }

  /// @param logits changed in place where there is something beside them
  private static INDArray error(INDArray logits, INDArray beside, INDArray targets) {
    return Losses.crossEntropyError(beside == null ? logits : logits.addi(beside), targets);
  }
}
