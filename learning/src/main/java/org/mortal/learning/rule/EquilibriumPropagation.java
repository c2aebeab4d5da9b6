package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// The network settles, is nudged a little to where the loss is less, and settles again: the products of activities at both
/// ends of a weight have changed by the derivative of the loss.
///
/// Hidden layers settle through the chip ([Settling]). The head reads the last of them from outside and nudges it by its
/// error, which is taken at the free state: so the cost is linear in the nudge, and a nudge to where it is more
/// cannot run away. Nudges of all examples are of one size, and estimates are divided by what that was for each, so that
/// what is read is large beside the noise for small errors too.
///
/// Nudging both ways takes the error of the estimate from the order of the nudge to that of its square; and since the second
/// nudge is the first turned round, offsets of transposed reads fall out of the difference.
///
/// The first layer is read once, forwards: its inputs stay as they are. Each other layer is read forwards once, both ways for
/// each free sweep, and for each nudge transposed once and both ways for each further sweep. As it comes that makes one read
/// an example for one hidden layer, and six for two.
///
/// Source: Scellier and Bengio, Frontiers in Computational Neuroscience 11, 24 (2017); both ways, and with a head
/// outside, Laborieux et al., Frontiers in Neuroscience 15, 633674 (2021).
public final class EquilibriumPropagation implements LearningRule {

  /// Where the network is nudged to.
  public enum Nudge {
    /// To where the loss is less, beside a network that settles on without a nudge.
    ONE_SIDED,
    /// To where the loss is less, and as far to where it is more.
    CENTRED
  }

  private static final double FEEDBACK = 0.1;
  private static final int FREE_SWEEPS = 1;
  private static final int NUDGED_SWEEPS = 1;
  private static final double SIZE = 0.1;

  private final Nudge nudge;
  private final double size;
  private final double feedback;
  private final int freeSweeps;
  private final int nudgedSweeps;
  private SlopeTable table;

  /// @param size of a nudge, root of the mean square over the last layer, or null for the rule's own
  public EquilibriumPropagation(Nudge nudge, Double size) {
    this(nudge, size == null ? SIZE : size, FEEDBACK, FREE_SWEEPS, NUDGED_SWEEPS);
  }

  /// @param feedback how much less a layer counts than the one below, from 0 (exclusive) to 1
  /// @param freeSweeps down and up before the nudge
  /// @param nudgedSweeps down, and up between them, with it
  EquilibriumPropagation(
      Nudge nudge, double size, double feedback, int freeSweeps, int nudgedSweeps) {
    this.nudge = nudge;
    this.size = size;
    this.feedback = feedback;
    this.freeSweeps = freeSweeps;
    this.nudgedSweeps = nudgedSweeps;
  }

  @Override
  public String name() {
    return switch (nudge) {
      case CENTRED -> "equilibrium-propagation";
      case ONE_SIDED -> "equilibrium-propagation-one-sided";
    };
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE, Access.TRANSPOSED_READS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.CENTRED;
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    table = SlopeTable.measure(network, samples);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    Settling free = free(network, network.forward(batch));
    INDArray error =
        Losses.crossEntropyError(network.lastHead().logits(free.top()), batch.targets());
    deltas.head(network.depth() - 1, free.top(), error);
    INDArray force = network.lastHead().back(error).negi();
    float[] shares = resize(force);
    Settling plus = free.pushed(force, nudgedSweeps);
    Settling minus = free.pushed(force.mul(nudge == Nudge.CENTRED ? -1 : 0), nudgedSweeps);
    Settling.contrast(deltas, plus, minus, shares);
    return deltas;
  }

  /// The answer of the free state.
  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return network.lastHead().logits(free(network, network.evaluate(inputs)).top());
  }

  /// Nobody pushes: with one hidden layer that is the forward pass.
  private Settling free(Network network, Activations pass) {
    Settling settling = new Settling(network, pass, table, feedback);
    return network.depth() == 1
        ? settling
        : settling.settle(top -> Tensors.zeros(pass.size(), (int) top.size(1)), freeSweeps);
  }

  /// Gives each row the size of a nudge.
  ///
  /// @return what each was, beside the distance of the two phases
  private float[] resize(INDArray force) {
    Batch batch = Tensors.batch(force);
    float[] row = new float[batch.columns()];
    float[] factors = new float[batch.rows()];
    float[] shares = new float[batch.rows()];
    for (int n = 0; n < shares.length; n++) {
      batch.getRow(n, row);
      double squares = 0;
      for (float entry : row) {
        squares += entry * entry;
      }
      double rms = Math.sqrt(squares / row.length);
      factors[n] = rms == 0 ? 0 : (float) (size / rms);
      shares[n] = (float) (rms / (size * (nudge == Nudge.CENTRED ? 2 : 1)));
    }
    Settling.scaleRows(force, factors);
    return shares;
  }
}
