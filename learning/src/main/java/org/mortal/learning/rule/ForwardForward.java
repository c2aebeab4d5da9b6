package org.mortal.learning.rule;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Two forward passes: each layer learns to be active on examples with their right label and quiet on those with a wrong
/// one.
///
/// The label is written into the first inputs. The goodness of a layer is the mean of its squared activities; its
/// logistic distance from a threshold is what the layer is trained on, through the measured slope of its neurons. Layers
/// are coupled by normalised activities, so that none sees how good the one before was. Wrong labels are drawn from what
/// the network itself believes of the example without a label, which is also how it answers: by a digital softmax on all
/// layers but the first.
///
/// Source: Hinton, "The forward-forward algorithm: some preliminary investigations", arXiv 2212.13345 (2022).
public final class ForwardForward implements LearningRule {
  private static final double THRESHOLD = 0.2;

  /// How steeply the logistic function answers to the sum of squares: 1 in the paper, whose layers are all or nothing
  /// for most examples. Gentler, more examples teach; chosen with the threshold on validation examples.
  private static final double STEEPNESS = 0.03;

  /// Pull of each unit towards the layer's mean activity, so that none falls silent for good.
  private static final float PEER = 0.03f;

  private static final float PEER_MEMORY = 0.9f;

  /// Inputs for each class that a task must have, so that labels hide little of it.
  private static final int LEAST_INPUTS = 4;

  private SlopeTable table;
  private float[][] meanActivity;

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
    long classes = samples.targets().size(1);
    if (samples.inputs().size(1) < LEAST_INPUTS * classes) {
      throw new LearningException(
          "forward-forward writes labels over the first %d inputs, and this task has only %d"
              .formatted(classes, samples.inputs().size(1)));
    }
    INDArray labelled = embed(samples.inputs(), samples.labels(), classes);
    table =
        SlopeTable.measure(
            network,
            new Minibatch(labelled, samples.labels(), samples.targets(), samples.number()));
    if (meanActivity == null) {
      meanActivity = new float[network.depth()][];
      for (int k = 0; k < network.depth(); k++) {
        meanActivity[k] = new float[network.layer(k).tile().outputs()];
        Arrays.fill(meanActivity[k], 0.5f);
      }
    }
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    Deltas deltas = network.deltas();
    long classes = batch.targets().size(1);
    INDArray unlabelled = embed(batch.inputs(), null, classes);
    Activations neutral =
        network.forward(new Minibatch(unlabelled, batch.labels(), batch.targets(), batch.number()));
    INDArray logits = answer(network, neutral);
    INDArray error = Losses.crossEntropyError(logits, batch.targets());
    for (int k = firstRead(network); k < network.depth(); k++) {
      deltas.head(k, normalised(neutral.hidden(k)), error);
    }
    int[] wrong = wrongLabels(Losses.softmax(logits), batch.labels(), random);
    INDArray both =
        stack(
            embed(batch.inputs(), batch.labels(), classes), embed(batch.inputs(), wrong, classes));
    Activations pass =
        network.forward(new Minibatch(both, batch.labels(), batch.targets(), batch.number()));
    for (int k = 0; k < network.depth(); k++) {
      INDArray delta = contrast(pass.hidden(k), batch.size(), meanActivity[k]);
      table.apply(network, pass, k, delta);
      deltas.layer(k, pass.input(k), delta);
    }
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    long classes = network.lastHead().weights().size(1);
    return answer(network, network.evaluate(embed(inputs, null, classes)));
  }

  /// The first layer whose activity is read: all but the first, which sees the label itself; unless there is no other.
  private static int firstRead(Network network) {
    return Math.min(1, network.depth() - 1);
  }

  private static INDArray answer(Network network, Activations pass) {
    int first = firstRead(network);
    INDArray logits = network.layer(first).head().logits(normalised(pass.hidden(first)));
    for (int k = first + 1; k < network.depth(); k++) {
      logits.addi(network.layer(k).head().logits(normalised(pass.hidden(k))));
    }
    return logits;
  }

  /// Writes labels into the first inputs, or an even share of each where there are none.
  private static INDArray embed(INDArray inputs, int[] labels, long classes) {
    INDArray embedded = inputs.dup('c');
    Batch batch = Tensors.batch(embedded);
    for (int n = 0; n < batch.rows(); n++) {
      for (int c = 0; c < classes; c++) {
        batch.set(n, c, labels == null ? 1f / classes : labels[n] == c ? 1f : 0f);
      }
    }
    return embedded;
  }

  private static int[] wrongLabels(INDArray beliefs, int[] labels, RandomGenerator random) {
    int[] wrong = new int[labels.length];
    for (int n = 0; n < labels.length; n++) {
      double left = random.nextDouble() * (1 - beliefs.getFloat(n, labels[n]));
      int last = labels[n] == 0 ? 1 : 0;
      for (int c = 0; c < beliefs.size(1) && left >= 0; c++) {
        if (c != labels[n]) {
          last = c;
          left -= beliefs.getFloat(n, c);
        }
      }
      wrong[n] = last;
    }
    return wrong;
  }

  private static INDArray stack(INDArray above, INDArray below) {
    int rows = (int) above.size(0);
    INDArray both = Tensors.zeros(2 * rows, (int) above.size(1));
    Tensors.batch(both).rows(0, rows).copyFrom(Tensors.batch(above));
    Tensors.batch(both).rows(rows, 2 * rows).copyFrom(Tensors.batch(below));
    return both;
  }

  private static INDArray normalised(INDArray hidden) {
    Coupling unit = new Coupling.Normalised(1);
    INDArray result = Tensors.zeros((int) hidden.size(0), (int) hidden.size(1));
    Batch from = Tensors.batch(hidden);
    Batch to = Tensors.batch(result);
    float[] row = new float[from.columns()];
    float[] scaled = new float[from.columns()];
    for (int n = 0; n < from.rows(); n++) {
      from.getRow(n, row);
      unit.couple(row, scaled);
      to.setRow(n, scaled);
    }
    return result;
  }

  /// The derivative of the loss by activity: rows before `size` are right, those after are wrong.
  private static INDArray contrast(INDArray hidden, int size, float[] means) {
    INDArray delta = Tensors.zeros((int) hidden.size(0), (int) hidden.size(1));
    Batch from = Tensors.batch(hidden);
    Batch to = Tensors.batch(delta);
    int units = from.columns();
    float[] row = new float[units];
    float[] sums = new float[units];
    double layerMean = 0;
    for (float mean : means) {
      layerMean += mean / units;
    }
    for (int n = 0; n < from.rows(); n++) {
      from.getRow(n, row);
      double squares = 0;
      for (int j = 0; j < units; j++) {
        squares += row[j] * row[j];
      }
      double belief = 1 / (1 + Math.exp(-STEEPNESS * (squares - THRESHOLD * units)));
      boolean right = n < size;
      float factor = (float) (2 * STEEPNESS * (right ? belief - 1 : belief) / size);
      for (int j = 0; j < units; j++) {
        if (right) {
          sums[j] += row[j] / size;
        }
        float peer = right ? PEER * (means[j] - (float) layerMean) / size : 0f;
        row[j] = factor * row[j] + peer;
      }
      to.setRow(n, row);
    }
    for (int j = 0; j < units; j++) {
      means[j] = PEER_MEMORY * means[j] + (1 - PEER_MEMORY) * sums[j];
    }
    return delta;
  }
}
