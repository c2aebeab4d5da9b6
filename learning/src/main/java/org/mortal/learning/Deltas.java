package org.mortal.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A rule's estimate of the derivative of its loss by every weight, bias and head: a [Writer] goes against it.
///
/// What a rule leaves out is not written.
public final class Deltas {
  private final Kernels kernels;
  private final List<Gradient> layers = new ArrayList<>();
  private final List<Gradient> heads = new ArrayList<>();

  /// The estimate for one matrix and its bias.
  ///
  /// @param weights inputs x outputs
  /// @param bias 1 x outputs
  public record Gradient(INDArray weights, INDArray bias) {
    static Gradient zeros(int inputs, int outputs) {
      return new Gradient(Tensors.zeros(inputs, outputs), Tensors.zeros(1, outputs));
    }
  }

  /// For each layer the mean of the inputs its estimate was made with, and of how many, 0 where it was made another way.
  private final List<float[]> means = new ArrayList<>();

  private Partition partition;

  private final long[] examples;
  private final boolean[] layerSet;
  private final boolean[] headSet;

  Deltas(List<Layer> network, Kernels kernels) {
    this.kernels = kernels;
    for (Layer layer : network) {
      layers.add(Gradient.zeros(layer.tile().inputs(), layer.tile().outputs()));
      means.add(new float[layer.tile().inputs()]);
      heads.add(Gradient.zeros(layer.tile().outputs(), (int) layer.head().weights().size(1)));
    }
    examples = new long[network.size()];
    layerSet = new boolean[network.size()];
    headSet = new boolean[network.size()];
  }

  /// From now on weights of the first layer that would join two parts have no estimate.
  void part(Partition parts) {
    partition = parts;
  }

  void clear() {
    Arrays.fill(layerSet, false);
    Arrays.fill(examples, 0);
    Arrays.fill(headSet, false);
  }

  /// Sets the estimate for layer `k` to inputᵀ delta, and for its bias to the sum of delta over the batch.
  ///
  /// @param input what the layer was given, n x inputs
  /// @param delta the derivative of the loss by the layer's output, n x outputs
  public void layer(int k, INDArray input, INDArray delta) {
    outer(input, delta, layers.get(k), false);
    examples[k] = 0;
    addToMean(k, Tensors.batch(input));
    layerSet[k] = true;
  }

  /// Adds to the estimate for layer `k`, for rules that look at several batches in one step.
  public void addLayer(int k, INDArray input, INDArray delta) {
    outer(input, delta, layers.get(k), layerSet[k]);
    addToMean(k, Tensors.batch(input));
    layerSet[k] = true;
  }

  /// Sets the estimate for the head of layer `k`.
  ///
  /// @param hidden the layer's activity, n x hidden units
  /// @param error the derivative of the loss by the head's logits, n x classes
  public void head(int k, INDArray hidden, INDArray error) {
    outer(hidden, error, heads.get(k), false);
    headSet[k] = true;
  }

  private void outer(INDArray input, INDArray delta, Gradient gradient, boolean add) {
    INDArray target = add ? gradient.weights().dup('c') : gradient.weights();
    Batch deltas = Tensors.batch(delta);
    kernels.products().multiplyLeftTransposed(Tensors.batch(input), deltas, Tensors.batch(target));
    float[] sums = new float[deltas.columns()];
    float[] row = new float[deltas.columns()];
    for (int n = 0; n < deltas.rows(); n++) {
      deltas.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        sums[j] += row[j];
      }
    }
    Batch bias = Tensors.batch(gradient.bias());
    if (add) {
      gradient.weights().addi(target);
      bias.getRow(0, row);
      for (int j = 0; j < row.length; j++) {
        sums[j] += row[j];
      }
    }
    bias.setRow(0, sums);
  }

  private void addToMean(int k, Batch input) {
    float[] mean = means.get(k);
    float[] row = new float[mean.length];
    float kept = (float) examples[k] / (examples[k] + input.rows());
    float share = 1f / (examples[k] + input.rows());
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= kept;
    }
    for (int n = 0; n < input.rows(); n++) {
      input.getRow(n, row);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += share * row[i];
      }
    }
    examples[k] += input.rows();
  }

  /// The mean of the inputs that the estimate for layer `k` was made with, one entry an input, or nothing where it was made
  /// another way than by [#layer].
  Optional<float[]> meanInput(int k) {
    return examples[k] == 0 ? Optional.empty() : Optional.of(means.get(k));
  }

  /// The estimate for layer `k`, to be filled in directly by rules that make it another way.
  public Gradient openLayer(int k) {
    examples[k] = 0;
    layerSet[k] = true;
    return layers.get(k);
  }

  /// The estimate for the head of layer `k`, to be filled in directly.
  public Gradient openHead(int k) {
    headSet[k] = true;
    return heads.get(k);
  }

  /// Whether the rule has an estimate for layer `k`.
  public boolean hasLayer(int k) {
    return layerSet[k];
  }

  /// Whether the rule has an estimate for the head of layer `k`.
  public boolean hasHead(int k) {
    return headSet[k];
  }

  /// The estimate for layer `k`.
  public Gradient layer(int k) {
    if (k == 0 && partition != null) {
      partition.clear(Tensors.batch(layers.get(k).weights()));
    }
    return layers.get(k);
  }

  /// The estimate for the head of layer `k`.
  public Gradient head(int k) {
    return heads.get(k);
  }
}
