package org.mortal.learning.rule;

import org.mortal.kernel.Batch;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Moves examples to where the first layer's own loss rises fastest, so that the network learns to answer the same all
/// around an example.
///
/// The way there is found through the chip: one read of the first layer, the error of its head through the measured slope,
/// and one transposed read of the same cells. Layers behind the first are not asked.
///
/// Source: Goodfellow, Shlens, Szegedy, "Explaining and harnessing adversarial examples", ICLR 2015; the step of fixed length
/// in L2 as in Miyato et al., "Distributional smoothing with virtual adversarial training", ICLR 2016. That the loss is the
/// first layer's own is Mortal's.
final class Adversary {
  /// Keeps an example that has no slope where it is.
  private static final float LEAST = 1e-20f;

  private final float radius;

  /// @param radius how far an example is moved, as the root of the sum of squares over its inputs
  Adversary(double radius) {
    this.radius = (float) radius;
  }

  /// The batch with its first half moved; the other half teaches what examples themselves look like.
  Minibatch move(Network network, Minibatch batch, SlopeTable table) {
    int half = batch.size() / 2;
    if (half == 0) {
      return batch;
    }
    INDArray uphill = uphill(network, batch, half, table);
    INDArray moved = batch.inputs().dup('c');
    step(network, Tensors.batch(uphill), Tensors.batch(moved).rows(0, half));
    return new Minibatch(moved, batch.labels(), batch.targets(), batch.number());
  }

  /// The derivative of the first layer's loss by the inputs of the first `half` examples, up to a factor.
  private static INDArray uphill(Network network, Minibatch batch, int half, SlopeTable table) {
    int units = network.layer(0).tile().outputs();
    INDArray output =
        network.probe(0, DataSet.rows(batch.inputs(), 0, half), Tensors.zeros(1, units));
    INDArray gate = Tensors.zeros(half, units);
    INDArray hidden = Tensors.zeros(half, units);
    rectify(network, Tensors.batch(output), Tensors.batch(gate), Tensors.batch(hidden));
    INDArray error =
        Losses.crossEntropyError(
            network.layer(0).head().logits(hidden), DataSet.rows(batch.targets(), 0, half));
    INDArray delta = network.layer(0).head().back(error);
    table.apply(network, output, gate, 0, delta);
    return network.transpose(0, delta);
  }

  /// Nothing is dropped here: an example is moved away from what the whole layer says of it.
  private static void rectify(Network network, Batch output, Batch gate, Batch hidden) {
    float kept = (float) (1 - network.dropout().hidden());
    network.forRows(
        output.rows(),
        (first, last) -> {
          float[] row = new float[output.columns()];
          float[] open = new float[output.columns()];
          for (int n = first; n < last; n++) {
            output.getRow(n, row);
            for (int j = 0; j < row.length; j++) {
              open[j] = row[j] > 0 ? 1f : 0f;
              row[j] = Math.max(row[j], 0f) * kept;
            }
            gate.setRow(n, open);
            hidden.setRow(n, row);
          }
        });
  }

  private void step(Network network, Batch uphill, Batch inputs) {
    network.forRows(
        inputs.rows(),
        (first, last) -> {
          float[] way = new float[inputs.columns()];
          float[] row = new float[inputs.columns()];
          for (int n = first; n < last; n++) {
            uphill.getRow(n, way);
            inputs.getRow(n, row);
            float squares = LEAST;
            for (float entry : way) {
              squares += entry * entry;
            }
            float length = radius / (float) Math.sqrt(squares);
            for (int i = 0; i < row.length; i++) {
              row[i] = Math.clamp(row[i] + length * way[i], 0f, 1f);
            }
            inputs.setRow(n, row);
          }
        });
  }
}
