package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Every layer learns to get back what it was given: activity goes round between its two ends, and each end learns from what
/// changes on the way.
///
/// A layer of the network is the hidden group of a closed loop, its inputs are the visible one. Forward reads give the
/// activities of the hidden group, transposed reads of the same cells what these say of the inputs. The visible group goes a
/// little of the way there and the hidden group follows, by a second forward read. A weight learns, from the hidden end, what
/// the inputs moved by, and from the visible end, what the hidden activity moved by. Since both directions are the
/// same cells, that is the gradient of the squared error of reconstruction, the nearer the shorter the way.
///
/// No label reaches a layer and no layer hears of another above it. Labels train a digital softmax on all layers. Two forward
/// reads and a transposed one an example and layer.
///
/// Source: Hinton and McClelland, "Learning representations by recirculation", NIPS 0, 358 (1988). There the groups have
/// weights of their own each way, which become alike.
public final class Recirculation implements LearningRule {
  /// The share of the way to the reconstruction that inputs go.
  private static final double WAY = 0.25;

  private static final float MEMORY = 0.95f;

  private final double way;
  private List<float[]> visibleBias;

  public Recirculation() {
    this(WAY);
  }

  /// @param way the share of the way to the reconstruction that inputs go, one less the paper's regression
  Recirculation(double way) {
    this.way = way;
  }

  @Override
  public String name() {
    return "recirculation";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE, Access.TRANSPOSED_READS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD.withRate(5e-4).withHeadRate(4).withDropout(Dropout.NONE);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    begin(network);
    Deltas deltas = network.deltas();
    Activations pass = network.forward(batch);
    Activations round = pass.copy();
    for (int k = 0; k < network.depth(); k++) {
      INDArray input = pass.input(k);
      INDArray moved = reconstruction(network, k, pass.hidden(k), input).subi(input).muli(way);
      INDArray second = input.add(moved);
      int units = network.layer(k).tile().outputs();
      network.activate(round, k, network.probe(k, second, Tensors.zeros(1, units)));
      float share = (float) (1 / (way * batch.size()));
      INDArray change = round.hidden(k).sub(pass.hidden(k)).muli(share);
      deltas.layer(k, second, change);
      INDArray visible = Tensors.zeros((int) input.size(1), units);
      network
          .kernels()
          .products()
          .multiplyLeftTransposed(
              Tensors.batch(moved.muli(share)),
              Tensors.batch(pass.hidden(k)),
              Tensors.batch(visible));
      deltas.layer(k).weights().addi(visible);
    }
    new Readout(network, pass, 0).learn(deltas, batch.targets());
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return new Readout(network, network.evaluate(inputs), 0).logits();
  }

  private void begin(Network network) {
    if (visibleBias == null) {
      visibleBias = new ArrayList<>();
      network.layers().forEach(layer -> visibleBias.add(new float[layer.tile().inputs()]));
    }
  }

  /// What the activities of layer `k` say of its inputs, cut off at what hardware can be given. The bias of the visible group
  /// follows the mean of what the hidden group leaves to it.
  private INDArray reconstruction(Network network, int k, INDArray hidden, INDArray input) {
    INDArray answer = network.transpose(k, hidden);
    Batch answers = Tensors.batch(answer);
    float[] bias = visibleBias.get(k);
    float[] left = means(Tensors.batch(input.sub(answer)));
    for (int i = 0; i < bias.length; i++) {
      bias[i] = MEMORY * bias[i] + (1 - MEMORY) * left[i];
    }
    float[] row = new float[bias.length];
    for (int n = 0; n < answers.rows(); n++) {
      answers.getRow(n, row);
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.clamp(row[i] + bias[i], 0f, 1f);
      }
      answers.setRow(n, row);
    }
    return answer;
  }

  private static float[] means(Batch batch) {
    float[] means = new float[batch.columns()];
    float[] row = new float[batch.columns()];
    for (int n = 0; n < batch.rows(); n++) {
      batch.getRow(n, row);
      for (int i = 0; i < row.length; i++) {
        means[i] += row[i] / batch.rows();
      }
    }
    return means;
  }
}
