package org.mortal.learning.rule;

import java.util.Arrays;
import org.mortal.learning.Activations;
import org.mortal.learning.Losses;
import org.mortal.learning.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A network whose output units are its own at first and then the teacher's.
///
/// The head is the topmost layer, a softmax, and like every layer it weakly feeds back what it has to those below. Both
/// phases start from the same settled state and are as long, so what has not quite settled is in both of them and falls out of
/// their difference.
///
/// @param table slopes of neurons
/// @param feedback how much less a layer counts than the one below
/// @param sweeps down and up before the phases part, which each go down once more
record Clamping(Network network, SlopeTable table, double feedback, int sweeps) {

  /// A network that settles as suits most.
  static Clamping of(Network network, SlopeTable table) {
    return new Clamping(network, table, 0.1, 2);
  }

  /// The two phases.
  ///
  /// @param minus where the outputs are the network's own
  /// @param plus where they are the targets
  /// @param outputs the network's own, n x classes
  /// @param targets n x classes
  /// @param shares how large the mean loss is beside what the phases differ in, one entry an example
  record Phases(
      Settling minus, Settling plus, INDArray outputs, INDArray targets, float[] shares) {}

  /// Settles and goes on without and with the teacher.
  Phases phases(Activations pass, INDArray targets) {
    Settling free = free(pass);
    INDArray outputs = outputs(free.top());
    float[] shares = new float[pass.size()];
    Arrays.fill(shares, (float) (1 / (feedback * shares.length)));
    return new Phases(
        free.pushed(push(outputs), 1), free.pushed(push(targets), 1), outputs, targets, shares);
  }

  /// The network settled without a teacher.
  Settling free(Activations pass) {
    return new Settling(network, pass, table, feedback).settle(top -> push(outputs(top)), sweeps);
  }

  /// The logits by which the settled network answers.
  INDArray answer(INDArray inputs) {
    return network.lastHead().logits(free(network.evaluate(inputs)).top());
  }

  private INDArray outputs(INDArray top) {
    return Losses.softmax(network.lastHead().logits(top));
  }

  private INDArray push(INDArray outputs) {
    return network.lastHead().back(outputs).muli(feedback);
  }
}
