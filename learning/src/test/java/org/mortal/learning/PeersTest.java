package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.learning.rule.Backprop;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

class PeersTest {
  private static final int[] ROWS = {3, 9, 1, 3};

  private final DataSet examples = Fixture.patterns(1).validation();

  private static Network network(long seed) {
    Network network = Fixture.network(Fixture.exactBank(List.of(24, 8, 4)), 4);
    network.initialise(1, new Philox(seed));
    return network;
  }

  private final List<Peers.Peer> three =
      List.of(
          new Peers.Peer(new Backprop(), network(1)),
          new Peers.Peer(new Backprop(), network(2)),
          new Peers.Peer(new Backprop(), network(3)));

  private INDArray answer(int peer) {
    return three.get(peer).probabilities(Tensors.rows(examples.inputs(), ROWS));
  }

  @Test
  void aTargetIsTheLabelsAndTheMeanOfTheOthers() {
    Minibatch batch = Fixture.batch(ROWS.length, 24, 4, 5);
    Minibatch taught = new Peers(three, examples, 0.4).teacher(1).teach(batch, ROWS);
    assertSame(batch.inputs(), taught.inputs());
    assertSame(batch.labels(), taught.labels());
    INDArray expected = batch.targets().mul(0.6).add(answer(0).mul(0.2)).add(answer(2).mul(0.2));
    for (int n = 0; n < ROWS.length; n++) {
      assertArrayEquals(
          expected.getRow(n).toFloatVector(), taught.targets().getRow(n).toFloatVector(), 1e-6f);
    }
  }

  /// What a peer answers counts as it was before the first of them took its step.
  @Test
  void allLearnFromAnswersOfOneMoment() {
    Peers peers = new Peers(three, examples, 1);
    Minibatch batch = Fixture.batch(ROWS.length, 24, 4, 5);
    INDArray before = answer(0).add(answer(1)).div(2);
    peers.teacher(0).teach(batch, ROWS);
    three.getFirst().network().lastHead().weights().addi(1);
    three.getFirst().network().lastHead().bias().putScalar(0, 0, 5);
    INDArray targets = peers.teacher(2).teach(batch, ROWS).targets();
    assertArrayEquals(before.getRow(0).toFloatVector(), targets.getRow(0).toFloatVector(), 1e-6f);
    Minibatch next =
        new Minibatch(batch.inputs(), batch.labels(), batch.targets(), batch.number() + 4);
    INDArray later = peers.teacher(2).teach(next, ROWS).targets();
    INDArray after = answer(0).add(answer(1)).div(2);
    assertArrayEquals(after.getRow(0).toFloatVector(), later.getRow(0).toFloatVector(), 1e-6f);
  }

  @Test
  void onePeerIsNone() {
    assertThrows(LearningException.class, () -> new Peers(three.subList(0, 1), examples, 0.5));
    assertThrows(LearningException.class, () -> new Peers(three, examples, 1.5));
  }

  @Test
  void averagedNetworksAreTheMeanOfWhatTheyWere() {
    Network one = network(1);
    Network other = network(2);
    other.lastHead().weights().muli(3);
    other.layer(0).tile().setBias(new float[8]);
    float[] bias = one.layer(0).tile().bias();
    float weights = one.exactWeights(0).get(5, 3) / 2 + other.exactWeights(0).get(5, 3) / 2;
    INDArray head = one.lastHead().weights().add(other.lastHead().weights()).div(2);
    INDArray headBias = one.lastHead().bias().add(other.lastHead().bias()).div(2);
    WeightAverage.share(List.of(one, other));
    for (Network network : List.of(one, other)) {
      assertEquals(weights, network.exactWeights(0).get(5, 3), 1e-6);
      assertEquals(bias[2] / 2, network.layer(0).tile().bias()[2], 1e-6);
      assertEquals(head.toString(), network.lastHead().weights().toString());
      assertEquals(headBias.toString(), network.lastHead().bias().toString());
    }
  }
}
