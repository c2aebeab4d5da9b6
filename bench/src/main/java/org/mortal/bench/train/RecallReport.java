package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mortal.bench.report.Charts;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.learning.rule.FastWeights;
import org.mortal.learning.task.AssociativeRecall;
import org.mortal.learning.task.DataSet;

/// How long a trained network recalls what it was told, by the time since, when it listens to all of its memories, to one, or to
/// none.
final class RecallReport {
  private static final double[] SECONDS = {
    20e-6, 50e-6, 100e-6, 200e-6, 500e-6, 1e-3, 2e-3, 5e-3, 10e-3, 20e-3, 50e-3, 100e-3
  };

  private static final int[] TIMES = {1, 4};
  private static final int SEQUENCES = 64;

  private final TrainingRun run;
  private final FastWeights rule;

  RecallReport(TrainingRun run, FastWeights rule) {
    this.run = run;
    this.rule = rule;
  }

  /// Who is listened to.
  private record Listening(String name, IntPredicate heard) {}

  /// Writes `recall.csv`, and draws `recall.png` of what was told several times.
  void write(RunFolder folder) {
    CsvTable table = new CsvTable("times", "seconds", "heard", "recalled");
    List<Charts.Curve> curves = new ArrayList<>();
    for (Listening listening : listenings()) {
      for (int times : TIMES) {
        double[] recalled = new double[SECONDS.length];
        for (int i = 0; i < SECONDS.length; i++) {
          recalled[i] = recalled(listening, times, SECONDS[i]);
          table.add(times, SECONDS[i], listening.name(), recalled[i]);
        }
        if (times == TIMES[TIMES.length - 1]) {
          double[] percent =
              IntStream.range(0, SECONDS.length).mapToDouble(i -> 100 * recalled[i]).toArray();
          curves.add(new Charts.Curve(listening.name(), SECONDS, percent, true));
        }
      }
    }
    folder.write("recall.csv", table);
    Charts.shares(
        folder.file("recall.png"),
        "Recall of what was told %d times, %s"
            .formatted(TIMES[TIMES.length - 1], run.rig().chipId()),
        "time since, by the chips' own clocks",
        "recalled in %",
        curves);
  }

  private List<Listening> listenings() {
    List<Listening> listenings = new ArrayList<>();
    int memories = run.network().bank().fading().size();
    for (int m = 0; memories > 1 && m < memories; m++) {
      int only = m;
      String name = run.network().bank().fading().get(m).name() + " alone";
      listenings.add(new Listening(name, one -> one == only));
    }
    if (memories > 0) {
      listenings.add(new Listening("all memories", _ -> true));
    }
    listenings.add(new Listening("slow weights alone", _ -> false));
    return listenings;
  }

  private double recalled(Listening listening, int times, double seconds) {
    DataSet told = AssociativeRecall.told(TrainingJob.DATA_SEED, times, seconds, SEQUENCES);
    return 1 - rule.evaluation(run.network(), run.task(), listening.heard()).error(told);
  }
}
