package org.mortal.learning.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mortal.kernel.Batch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.learning.task.SequenceLayout;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Plays sequences to memories that fade, moment by moment, and reads what is left of them when the question comes.
///
/// A key's code is which units of the last layer's hardware answer most above what is usual for them. Sequences of the same times go side by side; others, and those
/// for which there is no room, come after a pause in which everything told before is forgotten.
final class Recollection {
  /// Of the units of a code, one in so many is active.
  private static final int SPARSITY = 8;

  /// From one sequence to the next: ten time constants of the usual slow memory.
  private static final double BETWEEN_SECONDS = 0.5;

  private final Network network;
  private final SequenceLayout layout;
  private final List<FadingMemory> memories;
  private float[] usual;

  Recollection(Network network, SequenceLayout layout) {
    this.network = network;
    this.layout = layout;
    network.pause(BETWEEN_SECONDS);
    this.memories =
        network.fading().stream().map(bank -> new FadingMemory(bank, layout.values())).toList();
  }

  /// Memories, the fastest first.
  int count() {
    return memories.size();
  }

  /// The keys that sequences ask for, n x inputs of a key.
  INDArray questions(INDArray sequences) {
    int last = layout.count(sequences.size(1)) - 1;
    return keys(sequences, last, last + 1);
  }

  /// What each memory has to say to the question of each sequence.
  ///
  /// @return for each memory n x values, in units of what it says just after it was told once
  List<INDArray> answers(INDArray sequences) {
    int size = (int) sequences.size(0);
    List<INDArray> answers =
        memories.stream().map(_ -> Tensors.zeros(size, layout.values())).toList();
    if (!memories.isEmpty()) {
      float[][] rows = Tensors.batch(sequences).toArrays();
      int count = layout.count(sequences.size(1));
      int[][] codes = codes(keys(sequences, 0, count));
      for (List<Integer> lanes : sideBySide(rows, count)) {
        play(lanes, rows, count, codes, answers);
      }
    }
    return answers;
  }

  private void play(
      List<Integer> lanes, float[][] rows, int count, int[][] codes, List<INDArray> answers) {
    network.pause(BETWEEN_SECONDS);
    for (int t = 0; t < count - 1; t++) {
      int moment = t;
      int[][] now = codes(lanes, count, moment, codes);
      int[] told = lanes.stream().mapToInt(n -> layout.value(rows[n], moment)).toArray();
      memories.forEach(memory -> memory.tell(now, told));
      network.pause(layout.seconds(rows[lanes.getFirst()], moment));
    }
    int[][] asked = codes(lanes, count, count - 1, codes);
    for (int m = 0; m < memories.size(); m++) {
      float[][] left = memories.get(m).ask(asked);
      Batch all = Tensors.batch(answers.get(m));
      for (int lane = 0; lane < left.length; lane++) {
        all.setRow(lanes.get(lane), left[lane]);
      }
    }
  }

  private static int[][] codes(List<Integer> lanes, int count, int moment, int[][] codes) {
    return lanes.stream().map(n -> codes[n * count + moment]).toArray(int[][]::new);
  }

  /// Sequences in groups that fit into the memories and have the same times.
  private List<List<Integer>> sideBySide(float[][] rows, int count) {
    Map<List<Double>, List<Integer>> byTimes = new LinkedHashMap<>();
    for (int n = 0; n < rows.length; n++) {
      float[] row = rows[n];
      List<Double> times = IntStream.range(0, count).mapToObj(t -> layout.seconds(row, t)).toList();
      byTimes.computeIfAbsent(times, _ -> new ArrayList<>()).add(n);
    }
    List<List<Integer>> groups = new ArrayList<>();
    for (List<Integer> alike : byTimes.values()) {
      for (int from = 0; from < alike.size(); from += FadingMemory.LANES) {
        groups.add(alike.subList(from, Math.min(alike.size(), from + FadingMemory.LANES)));
      }
    }
    return groups;
  }

  /// The keys of moments `from` (inclusive) to `to` (exclusive), sequence by sequence.
  private INDArray keys(INDArray sequences, int from, int to) {
    Batch all = Tensors.batch(sequences);
    INDArray keys = Tensors.zeros(all.rows() * (to - from), layout.inputs());
    Batch picked = Tensors.batch(keys);
    float[] row = new float[all.columns()];
    for (int n = 0; n < all.rows(); n++) {
      all.getRow(n, row);
      for (int t = from; t < to; t++) {
        int first = layout.key(t);
        picked.setRow(
            n * (to - from) + t - from, Arrays.copyOfRange(row, first, first + layout.inputs()));
      }
    }
    return keys;
  }

  /// Learns what units usually answer: the part that all keys have in common tells them apart in nothing.
  ///
  /// @param keys n x inputs of a key
  void centre(INDArray keys) {
    usual = mean(outputs(keys));
  }

  private int[][] codes(INDArray keys) {
    float[][] outputs = outputs(keys);
    if (usual == null) {
      usual = mean(outputs);
    }
    return Arrays.stream(outputs).map(this::winners).toArray(int[][]::new);
  }

  private float[][] outputs(INDArray keys) {
    return Tensors.batch(network.evaluate(keys).output(network.depth() - 1)).toArrays();
  }

  private static float[] mean(float[][] rows) {
    float[] mean = new float[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    return mean;
  }

  /// The units furthest above the usual; among equals the first.
  private int[] winners(float[] output) {
    return IntStream.range(0, output.length)
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> usual[unit] - output[unit]))
        .limit(Math.max(1, output.length / SPARSITY))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
