package org.mortal.learning.rule;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Evaluation;
import org.mortal.learning.LabelEvaluation;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.SequenceLayout;
import org.mortal.learning.task.Task;
import org.mortal.tile.TileBank;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Weights on several time scales: slow ones learn what is always true, fast ones hold what a sequence has told, for as long
/// as their cells do.
///
/// A fast weight joins a unit of the code of a key with a value, by pulses when both are active, and fades by itself: see
/// [FadingMemory]. The answers of all memories are added to the logits, each with a gain of its own. So slow weights, which
/// learn by local cross-entropy, learn only what the memories do not know. The gains follow the derivative of the same loss.
///
/// Source: Hinton and Plaut, Conference of the Cognitive Science Society (1987); outer products that attend to the recent past,
/// Ba, Hinton, Mnih, Leibo, Ionescu, NIPS 2016. That cells do the forgetting is Mortal's.
public final class FastWeights implements LearningRule {
  private static final float GAIN_RATE = 2;
  private static final float FIRST_GAIN = 2;

  private Network known;
  private Recollection recollection;
  private int values;
  private float[] gains = {};
  private SlopeTable table;

  /// The tile that a memory takes for a last layer of `units` and as many values as `classes`.
  public static TileBank.Shape memoryShape(int units, int classes) {
    return FadingMemory.shape(units, classes);
  }

  @Override
  public String name() {
    return "fast-weights";
  }

  @Override
  public boolean pursues(Goal goal) {
    return goal instanceof Goal.Recall;
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE, Access.FAST_WEIGHTS);
  }

  /// Chosen on validation sequences.
  @Override
  public Recipe recipe() {
    return Recipe.CENTRED.withBatch(128).withDropout(new Dropout(0, 0.2));
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    Minibatch asked = asked(network, samples);
    recollection.centre(asked.inputs());
    table = SlopeTable.measure(network, asked);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    List<INDArray> answers = recollection(network).answers(batch.inputs());
    INDArray beside = mix(answers, batch.size(), _ -> true);
    Activations pass = network.forward(asked(network, batch));
    INDArray logits = network.lastHead().logits(pass.hidden(network.depth() - 1)).addi(beside);
    learnGains(answers, Losses.crossEntropyError(logits, batch.targets()));
    return LocalHeads.estimate(
        network,
        pass,
        batch.targets(),
        answers.isEmpty() ? null : beside,
        (k, delta) -> table.apply(network, pass, k, delta));
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return predict(network, inputs, _ -> true);
  }

  /// How well a network answers when it listens to some memories only.
  ///
  /// @param heard whether it listens to a memory, by its place from the fastest, 0, on
  public Evaluation evaluation(Network network, Task task, IntPredicate heard) {
    return new LabelEvaluation(inputs -> predict(network, inputs, heard), task.picture(), 1);
  }

  private INDArray predict(Network network, INDArray inputs, IntPredicate heard) {
    INDArray beside = mix(recollection(network).answers(inputs), (int) inputs.size(0), heard);
    INDArray questions = recollection.questions(inputs);
    INDArray hidden = network.evaluate(questions).hidden(network.depth() - 1);
    return network.lastHead().logits(hidden).addi(beside);
  }

  private Minibatch asked(Network network, Minibatch batch) {
    INDArray questions = recollection(network).questions(batch.inputs());
    return new Minibatch(questions, batch.labels(), batch.targets(), batch.number());
  }

  /// What all memories say together.
  private INDArray mix(List<INDArray> answers, int size, IntPredicate heard) {
    INDArray sum = Tensors.zeros(size, values);
    for (int m = 0; m < answers.size(); m++) {
      if (heard.test(m)) {
        sum.addi(answers.get(m).mul(gains[m]));
      }
    }
    return sum;
  }

  /// @param error the derivative of the mean loss by the logits
  private void learnGains(List<INDArray> answers, INDArray error) {
    for (int m = 0; m < gains.length; m++) {
      gains[m] -= GAIN_RATE * answers.get(m).mul(error).sumNumber().floatValue();
    }
  }

  /// The way to the memories of a network, which are at rest when it is first met.
  private Recollection recollection(Network network) {
    if (network != known) {
      int inputs = network.layer(0).tile().inputs();
      values = (int) network.lastHead().bias().length();
      recollection = new Recollection(network, new SequenceLayout(inputs, values));
      known = network;
      if (gains.length != recollection.count()) {
        gains = new float[recollection.count()];
        Arrays.fill(gains, FIRST_GAIN);
      }
    }
    return recollection;
  }
}
