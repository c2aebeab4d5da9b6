package org.mortal.learning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Environment;
import org.nd4j.linalg.api.ndarray.INDArray;

/// How much a network earns in an environment, when it always does what it thinks best.
///
/// @param answers logits of actions by observations, n x classes in a new array
/// @param environment to act in
public record ControlEvaluation(UnaryOperator<INDArray> answers, Environment environment)
    implements Evaluation {

  /// An episode from each row of `starts`: the error is the share of the best return that the mean lacks, and `meanReturn` and
  /// `worstReturn` are what episodes earned.
  @Override
  public Score score(DataSet starts) {
    Episodes episodes = play(starts, _ -> {});
    double sum = 0;
    double worst = Double.POSITIVE_INFINITY;
    for (int n = 0; n < episodes.size(); n++) {
      sum += episodes.total(n);
      worst = Math.min(worst, episodes.total(n));
    }
    double mean = sum / episodes.size();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("meanReturn", mean);
    figures.put("worstReturn", worst);
    double best = environment.bestReturn();
    return new Score((best - mean) / best, figures);
  }

  /// Looks on.
  @FunctionalInterface
  public interface Onlooker {
    /// At each moment, before anyone acts.
    void see(Episodes episodes);
  }

  /// Plays an episode from each row of `starts` to its end.
  public Episodes play(DataSet starts, Onlooker onlooker) {
    Episodes episodes = new Episodes(environment, starts.size());
    INDArray observations = starts.inputs().dup('c');
    Batch seen = Tensors.batch(observations);
    float[] row = new float[starts.features()];
    for (int n = 0; n < starts.size(); n++) {
      seen.getRow(n, row);
      episodes.begin(n, row);
    }
    int[] actions = new int[starts.size()];
    while (goesOn(episodes)) {
      onlooker.see(episodes);
      INDArray logits = answers.apply(observations);
      for (int n = 0; n < actions.length; n++) {
        actions[n] = LabelEvaluation.argMax(logits, n);
      }
      episodes.act(actions);
      for (int n = 0; n < actions.length; n++) {
        episodes.observe(n, row);
        seen.setRow(n, row);
      }
    }
    return episodes;
  }

  private static boolean goesOn(Episodes episodes) {
    for (int n = 0; n < episodes.size(); n++) {
      if (!episodes.isOver(n)) {
        return true;
      }
    }
    return false;
  }
}
