package org.mortal.learning;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What went through a network for one batch, layer by layer. The next forward pass of the same size overwrites it.
public final class Activations {
  private final List<INDArray> inputs = new ArrayList<>();
  private final List<INDArray> outputs = new ArrayList<>();
  private final List<INDArray> hidden = new ArrayList<>();
  private final List<INDArray> gates = new ArrayList<>();
  private final int size;

  Activations(int size, List<Layer> layers) {
    this.size = size;
    for (Layer layer : layers) {
      // The first layer's are set anew for each batch.
      inputs.add(inputs.isEmpty() ? null : Tensors.zeros(size, layer.tile().inputs()));
      outputs.add(Tensors.zeros(size, layer.tile().outputs()));
      hidden.add(Tensors.zeros(size, layer.tile().outputs()));
      gates.add(Tensors.zeros(size, layer.tile().outputs()));
    }
  }

  void setInput(INDArray first) {
    inputs.set(0, first);
  }

  /// Vectors in the batch.
  public int size() {
    return size;
  }

  /// What layer `k` was given, n x inputs, from 0 to 1.
  public INDArray input(int k) {
    return inputs.get(k);
  }

  /// What the hardware of layer `k` answered, n x outputs.
  public INDArray output(int k) {
    return outputs.get(k);
  }

  /// The activity of layer `k`: its output where that is positive and the unit was not dropped, else 0.
  public INDArray hidden(int k) {
    return hidden.get(k);
  }

  /// 1 where a unit of layer `k` was active, else 0: the nominal slope of its activity.
  public INDArray gate(int k) {
    return gates.get(k);
  }
}
