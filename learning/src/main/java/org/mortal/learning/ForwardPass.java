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
  private static final IntFunction<INDArray> NO_PROBES = _ -> null;
  private static final Disturbance NONE = (_, _) -> {};

  private final Map<Integer, Activations> bySize = new HashMap<>();
  private final Map<Integer, Activations> resumed = new HashMap<>();

  /// @param dropoutKey the random stream of the masks
  ForwardPass(Network network, long dropoutKey) {
    this.network = network;
    this.dropoutKey = dropoutKey;
  }

  /// With dropout; inputs were dropped before.
  Activations train(Minibatch batch, IntFunction<INDArray> probes) {
    Activations pass = buffer(bySize, (int) batch.inputs().size(0));
    pass.begin(batch.inputs(), batch.number());
    run(pass, 0, probes, NONE);
    return pass;
  }

  /// The layers behind `first` once more, as [Network#resume] promises.
  Activations resume(Activations before, int first, Disturbance disturbance) {
    Activations pass = buffer(resumed, before.size());
    if (pass == before) {
      throw new IllegalArgumentException("a resumed pass cannot be resumed: copy it first");
    }
    pass.takeOver(before, first);
    Batch output = Tensors.batch(pass.output(first));
    disturbance.disturb(first, output);
    activate(pass, first, output);
    run(pass, first + 1, NO_PROBES, disturbance);
    return pass;
  }

  /// Nothing dropped, everything scaled by the share that training kept.
  Activations evaluate(INDArray inputs, Disturbance disturbance) {
    Activations pass = buffer(bySize, (int) inputs.size(0));
    float kept = (float) (1 - network.dropout().input());
    pass.begin(kept == 1 ? inputs : scaled(inputs, kept), Activations.EVALUATION);
    run(pass, 0, NO_PROBES, disturbance);
    return pass;
  }

  private Activations buffer(Map<Integer, Activations> buffers, int rows) {
    return buffers.computeIfAbsent(rows, size -> new Activations(size, network.layers()));
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

  private void run(
      Activations pass, int first, IntFunction<INDArray> probes, Disturbance disturbance) {
    for (int k = first; k < network.depth(); k++) {
      Batch output = Tensors.batch(pass.output(k));
      INDArray probe = probes.apply(k);
      network
          .layer(k)
          .tile()
          .forward(
              Tensors.batch(pass.input(k)), probe == null ? null : Tensors.batch(probe), output);
      disturbance.disturb(k, output);
      activate(pass, k, output);
    }
  }

  /// What layer `k` hands on when its hardware answers `output`: rectified, with the masks of `pass`, and coupled.
  void activate(Activations pass, int k, Batch output) {
    long number = pass.number();
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
