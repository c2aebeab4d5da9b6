package org.mortal.learning;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Sends batches through a network, layer by layer: product on hardware, rectifier, dropout, coupling.
final class ForwardPass {
  private final Network network;
  private final long dropoutKey;
  private final Map<Integer, Activations> bySize = new HashMap<>();

  /// @param dropoutKey the random stream of the masks
  ForwardPass(Network network, long dropoutKey) {
    this.network = network;
    this.dropoutKey = dropoutKey;
  }

  /// With dropout; inputs were dropped before.
  Activations train(Minibatch batch, IntFunction<float[]> probes) {
    Activations pass = buffer(batch.inputs());
    pass.setInput(batch.inputs());
    run(pass, probes, batch.number());
    return pass;
  }

  /// Nothing dropped, everything scaled by the share that training kept.
  Activations evaluate(INDArray inputs) {
    Activations pass = buffer(inputs);
    float kept = (float) (1 - network.dropout().input());
    pass.setInput(kept == 1 ? inputs : scaled(inputs, kept));
    run(pass, _ -> null, -1);
    return pass;
  }

  private Activations buffer(INDArray inputs) {
    return bySize.computeIfAbsent(
        (int) inputs.size(0), size -> new Activations(size, network.layers()));
  }

  private INDArray scaled(INDArray inputs, float factor) {
    Batch from = Tensors.batch(inputs);
    INDArray result = Tensors.zeros(from.rows(), from.columns());
    Batch to = Tensors.batch(result);
    network.forRows(
        from.rows(),
        (first, last) -> {
          float[] row = new float[from.columns()];
          for (int n = first; n < last; n++) {
            from.getRow(n, row);
            for (int i = 0; i < row.length; i++) {
              row[i] *= factor;
            }
            to.setRow(n, row);
          }
        });
    return result;
  }

  /// @param number of the first example for masks, or -1 for evaluation
  private void run(Activations pass, IntFunction<float[]> probes, long number) {
    for (int k = 0; k < network.depth(); k++) {
      Batch output = Tensors.batch(pass.output(k));
      network.layer(k).tile().forward(Tensors.batch(pass.input(k)), probes.apply(k), output);
      activate(pass, k, output, number);
    }
  }

  private void activate(Activations pass, int k, Batch output, long number) {
    Batch hidden = Tensors.batch(pass.hidden(k));
    Batch gate = Tensors.batch(pass.gate(k));
    Batch next = k + 1 < network.depth() ? Tensors.batch(pass.input(k + 1)) : null;
    double share = network.dropout().hidden();
    float kept = number < 0 ? (float) (1 - share) : 1f;
    long key = Philox.key(dropoutKey, k);
    network.forRows(
        output.rows(),
        (first, last) -> {
          float[] activity = new float[output.columns()];
          float[] row = new float[output.columns()];
          for (int n = first; n < last; n++) {
            output.getRow(n, activity);
            for (int j = 0; j < activity.length; j++) {
              activity[j] = Math.max(activity[j], 0f);
            }
            if (number >= 0) {
              Dropout.drop(activity, share, key, number + n);
            }
            for (int j = 0; j < row.length; j++) {
              row[j] = Math.signum(activity[j]);
            }
            gate.setRow(n, row);
            if (next != null) {
              network.coupling().couple(activity, row);
              scale(row, kept);
              next.setRow(n, row);
            }
            scale(activity, kept);
            hidden.setRow(n, activity);
          }
        });
  }

  private static void scale(float[] row, float factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] *= factor;
    }
  }
}
