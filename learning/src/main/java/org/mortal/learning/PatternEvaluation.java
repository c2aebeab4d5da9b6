package org.mortal.learning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/// How near the patterns that a network makes are to those of the data, by counting both.
public final class PatternEvaluation implements Evaluation {
  /// Patterns at a time: one buffer, however many are made.
  private static final int CHUNK = 1000;

  private final Sampler sampler;
  private final Network network;

  public PatternEvaluation(Sampler sampler, Network network) {
    this.sampler = sampler;
    this.network = network;
  }

  /// As many patterns are made as `data` has examples. The error is the share of them that `data` does not have.
  ///
  /// `klNats` is the Kullback-Leibler divergence of what is made from the data, the sum over the data's patterns of
  /// `p ln(p / q)`, in nats: infinite where one of them was never made. `klStandardError` is how uncertain that is by the number
  /// of samples alone, `patternsMissed` how many of the data's were never made.
  @Override
  public Score score(DataSet data) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    count(data.inputs(), wanted);
    Map<String, Integer> made = new LinkedHashMap<>();
    for (int from = 0; from < data.size(); from += CHUNK) {
      count(sampler.sample(network, Math.min(CHUNK, data.size() - from)), made);
    }
    return score(wanted, made, data.size());
  }

  /// The score of patterns by how often they are there and were made.
  ///
  /// @param size examples, and patterns made
  static Score score(Map<String, Integer> wanted, Map<String, Integer> made, int size) {
    double divergence = 0;
    double spread = -1;
    int right = 0;
    int missed = 0;
    for (Map.Entry<String, Integer> pattern : wanted.entrySet()) {
      int count = made.getOrDefault(pattern.getKey(), 0);
      double share = (double) pattern.getValue() / size;
      divergence += share * Math.log((double) pattern.getValue() / count);
      // The derivative by each count, weighed with how counts of a multinomial vary.
      spread += share * pattern.getValue() / count;
      right += count;
      missed += count == 0 ? 1 : 0;
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("klNats", divergence);
    figures.put("klStandardError", Math.sqrt(Math.max(0, spread) / size));
    figures.put("patternsMissed", (double) missed);
    return new Score(1 - (double) right / size, figures);
  }

  private static void count(INDArray patterns, Map<String, Integer> counts) {
    Batch batch = Tensors.batch(patterns);
    float[] row = new float[batch.columns()];
    StringBuilder key = new StringBuilder();
    for (int n = 0; n < batch.rows(); n++) {
      batch.getRow(n, row);
      key.setLength(0);
      for (float pixel : row) {
        key.append(pixel > 0.5f ? '#' : '.');
      }
      counts.merge(key.toString(), 1, Integer::sum);
    }
  }
}
