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
import org.mortal.learning.Episodes;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.Goal;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Acts, predicts what it will earn, and learns from how predictions change from one moment to the next.
///
/// The heads are the actor: their logits, added up over layers, give the probabilities of actions. A [Critic] predicts
/// returns from the same activities. Reward plus the next prediction, minus the last one, is the temporal difference: one
/// number an episode, told to every weight, which answers by its [eligibility trace][Eligibility], the sum of what it had
/// to do with the actions and predictions of moments past, faded by γλ a step. At a neuron that is what heads and critic
/// make of its output, through the slope measured on the chip; nothing crosses layers but the difference.
///
/// Many episodes go on side by side, so that a moment of all is one batch of reads, the only one: an end is read as any
/// other moment. This is the backward view, one step late; an episode that is cut short is worth what it still promises.
///
/// Source: Sutton, Machine Learning 3, 9 (1988); Barto, Sutton, Anderson, IEEE Transactions on Systems, Man, and
/// Cybernetics 13, 834 (1983); actor-critic with eligibility traces in Sutton and Barto, Reinforcement Learning (2018),
/// chapter 13.
public final class TdLambda implements LearningRule {
  private static final double DISCOUNT = 0.99;
  private static final double LAMBDA = 0.8;
  private static final double CRITIC_RATE = 1;

  /// How far back the usual size of differences is known.
  private static final double MEMORY = 0.99;

  private final double discount;
  private final double fading;
  private SlopeTable table;
  private Critic critic;
  private Eligibility eligibility;
  private double[] values;

  /// The mean square of temporal differences, 0 before there was any.
  private double square;

  public TdLambda() {
    this(DISCOUNT, LAMBDA);
  }

  /// @param discount of what is earned a step later, γ
  /// @param lambda how much of the trace is kept at a step
  TdLambda(double discount, double lambda) {
    this.discount = discount;
    this.fading = discount * lambda;
  }

  @Override
  public String name() {
    return "td-lambda";
  }

  @Override
  public boolean pursues(Goal goal) {
    return goal instanceof Goal.Control;
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE);
  }

  /// Chosen on validation starts of cart-pole.
  @Override
  public Recipe recipe() {
    return Recipe.CENTRED
        .withBatch(32)
        .withRate(1e-3)
        .withFlat(0.3)
        .withDropout(Dropout.NONE)
        .withSmoothing(0);
  }

  /// Starts say little of where episodes lead, so slopes are measured on what was met lately.
  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    INDArray met = eligibility == null ? null : eligibility.inputs();
    table =
        SlopeTable.measure(
            network,
            met == null
                ? samples
                : new Minibatch(met, new int[(int) met.size(0)], null, samples.number()));
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    Episodes episodes = batch.episodes();
    Activations pass = network.forward(batch);
    float[][] activities = activities(network, pass);
    if (critic == null) {
      critic = new Critic(batch.size(), activities[0].length, fading, CRITIC_RATE);
      eligibility = new Eligibility(network, batch.size(), fading);
    } else {
      learn(episodes, activities, deltas);
    }
    values = new double[batch.size()];
    for (int n = 0; n < values.length; n++) {
      if (episodes.steps(n) == 0) {
        critic.forget(n);
      }
      critic.remember(n, activities[n]);
      values[n] = critic.value(activities[n]);
    }
    act(network, pass, episodes, random);
    return deltas;
  }

  /// Learns from the last step of each episode.
  private void learn(Episodes episodes, float[][] activities, Deltas deltas) {
    double[] errors = new double[values.length];
    double sum = 0;
    for (int n = 0; n < errors.length; n++) {
      if (episodes.steps(n) > 0) {
        double next = episodes.isTerminated(n) ? 0 : critic.value(activities[n]);
        errors[n] = episodes.reward(n) + discount * next - values[n];
      }
      sum += errors[n] * errors[n];
    }
    double mean = sum / errors.length;
    square = square == 0 ? mean : MEMORY * square + (1 - MEMORY) * mean;
    critic.learn(errors);
    for (int n = 0; n < errors.length; n++) {
      errors[n] *= scale();
    }
    eligibility.credit(episodes, errors, deltas);
  }

  /// Makes differences of usual size 1, and values with them, so that it does not matter in what rewards are counted.
  private double scale() {
    return square == 0 ? 0 : 1 / Math.sqrt(square);
  }

  /// Takes a step in each episode, and takes note of why.
  private void act(Network network, Activations pass, Episodes episodes, RandomGenerator random) {
    INDArray scores = Losses.softmax(Readout.plain(network, pass).logits()).negi();
    int[] actions = new int[episodes.size()];
    for (int n = 0; n < actions.length; n++) {
      actions[n] = draw(scores, n, random.nextDouble());
      scores.putScalar(n, actions[n], 1 + scores.getFloat(n, actions[n]));
    }
    List<INDArray> neurons = new ArrayList<>();
    int first = 0;
    for (int k = 0; k < network.depth(); k++) {
      INDArray neuron = network.layer(k).head().back(scores);
      addValues(neuron, first);
      table.apply(network, pass, k, neuron);
      neurons.add(neuron);
      first += network.layer(k).tile().outputs();
    }
    eligibility.remember(pass, scores, neurons);
    episodes.act(actions);
  }

  /// Adds what the critic makes of units, the first of them unit `first` of all.
  private void addValues(INDArray neuron, int first) {
    Batch batch = Tensors.batch(neuron);
    float scale = (float) scale();
    float[] row = new float[batch.columns()];
    for (int n = 0; n < batch.rows(); n++) {
      batch.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        row[j] += scale * critic.weight(first + j);
      }
      batch.setRow(n, row);
    }
  }

  /// @param minus the probabilities of actions, each negative
  /// @param chance evenly from 0 to 1
  private static int draw(INDArray minus, int row, double chance) {
    int last = (int) minus.size(1) - 1;
    double left = chance;
    for (int action = 0; action < last; action++) {
      left += minus.getFloat(row, action);
      if (left < 0) {
        return action;
      }
    }
    return last;
  }

  /// The activities of all layers, an array for each row.
  private static float[][] activities(Network network, Activations pass) {
    int units = network.layers().stream().mapToInt(layer -> layer.tile().outputs()).sum();
    float[][] all = new float[pass.size()][units];
    int first = 0;
    for (int k = 0; k < network.depth(); k++) {
      Batch hidden = Tensors.batch(pass.hidden(k));
      float[] row = new float[hidden.columns()];
      for (int n = 0; n < all.length; n++) {
        hidden.getRow(n, row);
        System.arraycopy(row, 0, all[n], first, row.length);
      }
      first += row.length;
    }
    return all;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return Readout.plain(network, network.evaluate(inputs)).logits();
  }

  /// What the critic predicts for the moments of the last estimate.
  double[] values() {
    return values.clone();
  }
}
