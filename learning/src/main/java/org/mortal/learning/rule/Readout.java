package org.mortal.learning.rule;

import java.util.List;
import java.util.stream.IntStream;
import org.mortal.kernel.Batch;
import org.mortal.learning.Activations;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Losses;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What several layers say together: a digital softmax on their activities, normalised or as they are.
///
/// Each layer's part goes through its own head, and the logits are added up. Nothing goes back from here into layers.
final class Readout {
  private static final Coupling UNIT = new Coupling.Normalised(1);

  private final int first;
  private final List<INDArray> activities;
  private final INDArray logits;

  private Readout(Network network, int first, List<INDArray> activities) {
    this.first = first;
    this.activities = activities;
    logits = network.layer(first).head().logits(activities.getFirst());
    for (int i = 1; i < activities.size(); i++) {
      logits.addi(network.layer(first + i).head().logits(activities.get(i)));
    }
  }

  /// Reads all layers of a pass as they are.
  static Readout plain(Network network, Activations pass) {
    return plain(network, IntStream.range(0, network.depth()).mapToObj(pass::hidden).toList());
  }

  /// The same of activities that did not come about in a pass.
  ///
  /// @param activities of all layers
  static Readout plain(Network network, List<INDArray> activities) {
    return new Readout(network, 0, activities);
  }

  /// Reads a pass, normalised.
  ///
  /// @param first the first layer that is read
  Readout(Network network, Activations pass, int first) {
    this(network, pass, first, pass.size());
  }

  /// Reads the first `size` examples of a pass, normalised.
  Readout(Network network, Activations pass, int first, int size) {
    this(
        network,
        first,
        IntStream.range(first, network.depth())
            .mapToObj(k -> normalised(network, DataSet.rows(pass.hidden(k), 0, size)))
            .toList());
  }

  /// The logits, n x classes.
  INDArray logits() {
    return logits;
  }

  /// Sets the heads' part of an estimate: the derivative of the cross-entropy.
  void learn(Deltas deltas, INDArray targets) {
    INDArray error = Losses.crossEntropyError(logits, targets);
    for (int i = 0; i < activities.size(); i++) {
      deltas.head(first + i, activities.get(i), error);
    }
  }

  private static INDArray normalised(Network network, INDArray hidden) {
    INDArray result = Tensors.zeros((int) hidden.size(0), (int) hidden.size(1));
    Batch from = Tensors.batch(hidden);
    Batch to = Tensors.batch(result);
    network.forRows(
        from.rows(),
        (begin, end) -> {
          float[] row = new float[from.columns()];
          float[] scaled = new float[from.columns()];
          for (int n = begin; n < end; n++) {
            from.getRow(n, row);
            UNIT.couple(row, scaled);
            to.setRow(n, scaled);
          }
        });
    return result;
  }
}
