package org.mortal.learning;

import java.util.ArrayList;
import java.util.List;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Networks that learn the same examples side by side, each also from what the others answer: beside the label stands the mean
/// of the others' probabilities.
///
/// All learn from the answers that they had before any of them took the step, so their trainings must draw the same batches and
/// take their steps in turn. Answers are one more read of each network.
///
/// Source: Zhang et al., Deep Mutual Learning, CVPR 2018, whose sum of both losses is a share of one half.
public final class Peers {
  private static final long NONE = -1;

  /// One of those that learn.
  public record Peer(LearningRule rule, Network network) {
    INDArray probabilities(INDArray inputs) {
      return Losses.softmax(rule.predict(network, inputs));
    }
  }

  private final List<Peer> peers;
  private final DataSet examples;
  private final float share;
  private final List<INDArray> answers = new ArrayList<>();
  private long answered = NONE;

  /// @param examples that all trainings are on
  /// @param share of the others in a target, from 0 to 1
  public Peers(List<Peer> peers, DataSet examples, double share) {
    if (peers.size() < 2 || !(share >= 0 && share <= 1)) {
      throw new LearningException(
          "%d peers with a share of %s: it takes two, and a share from 0 to 1"
              .formatted(peers.size(), share));
    }
    this.peers = List.copyOf(peers);
    this.examples = examples;
    this.share = (float) share;
  }

  /// The part of all others in the training of one.
  public Teacher teacher(int peer) {
    return (batch, rows) -> {
      if (answered != batch.number()) {
        answered = batch.number();
        answers.clear();
        INDArray whole = Tensors.rows(examples.inputs(), rows);
        peers.forEach(one -> answers.add(one.probabilities(whole)));
      }
      return new Minibatch(
          batch.inputs(), batch.labels(), targets(peer, batch.targets()), batch.number());
    };
  }

  private INDArray targets(int peer, INDArray labels) {
    INDArray mixed = Tensors.zeros((int) labels.size(0), (int) labels.size(1));
    Batch to = Tensors.batch(mixed);
    add(labels, 1 - share, to);
    for (int other = 0; other < peers.size(); other++) {
      if (other != peer) {
        add(answers.get(other), share / (peers.size() - 1), to);
      }
    }
    return mixed;
  }

  private static void add(INDArray part, float factor, Batch to) {
    Batch from = Tensors.batch(part);
    float[] row = new float[to.columns()];
    float[] sum = new float[to.columns()];
    for (int n = 0; n < to.rows(); n++) {
      from.getRow(n, row);
      to.getRow(n, sum);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += factor * row[c];
      }
      to.setRow(n, sum);
    }
  }
}
