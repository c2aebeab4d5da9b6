package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Two forward passes: each layer learns to be active on examples with their right label and quiet on those with a wrong
/// one.
///
/// The label is written into the first inputs. The logistic distance of a layer's goodness from a threshold is what the
/// layer is trained on, through the measured slope of its neurons, and by nothing from other layers. Layers are coupled by
/// normalised activities, so that none sees how good the one before was. Wrong labels and the answer are those of
/// [Contrast].
///
/// Source: Hinton, "The forward-forward algorithm: some preliminary investigations", arXiv 2212.13345 (2022).
public final class ForwardForward implements LearningRule {
  static final double THRESHOLD = 0.2;

  /// How steeply the logistic function answers to the sum of squares: 1 in the paper, whose layers are all or nothing
  /// for most examples. Gentler, more examples teach; chosen with the threshold on validation examples.
  static final double STEEPNESS = 0.1;

  private static final double PEER = 0.03;

  private final Contrast contrast = new Contrast(ForwardForward::slope, PEER);

  @Override
  public String name() {
    return "forward-forward";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD
        .withRate(1e-3)
        .withDropout(Dropout.NONE)
        .withCoupling(new Coupling.Normalised(3));
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    int classes = classes(network);
    OneHotLabels.requireRoom(name(), samples.inputs().size(1), classes);
    contrast.beginEpoch(network, samples, oneHot(classes));
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    return contrast.estimate(network, batch, random);
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return contrast.predict(network, inputs, oneHot(classes(network)));
  }

  private static int classes(Network network) {
    return (int) network.lastHead().bias().length();
  }

  private static Contrast.Pair slope(Contrast.Pair goodness, int units) {
    double steepness = STEEPNESS * units;
    double right = 1 / (1 + Math.exp(-steepness * (goodness.right() - THRESHOLD)));
    double wrong = 1 / (1 + Math.exp(-steepness * (goodness.wrong() - THRESHOLD)));
    return new Contrast.Pair(steepness * (right - 1), steepness * wrong);
  }

  /// Labels over the first inputs, or an even share of each where there are none.
  static Contrast.Labels oneHot(int classes) {
    return (inputs, labels) -> OneHotLabels.embed(inputs, labels, classes);
  }
}
