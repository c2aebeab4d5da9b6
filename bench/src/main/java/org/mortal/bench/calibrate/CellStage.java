package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;

/// Reads all cells, first one by one and then in the code that tells them best.
final class CellStage {
  /// Of all passes, those in which rows are read one by one: they show each cell's own noise.
  private static final double ROUGH = 0.25;

  private final ArrayReader reader;
  private final ArrayState state;
  private final int reads;

  CellStage(ArrayReader reader, ArrayState state, int reads) {
    this.reader = reader;
    this.state = state;
    this.reads = reads;
  }

  List<CellReads> run() {
    int rough = (int) Math.ceil(ROUGH * reads);
    double amplifier = Quantiles.of(state.outputs().noiseAmps(), 0.5);
    CodePlan first = new CodePlan(reader, state.idle(), amplifier, 0);
    List<CellReads> all = new ArrayList<>();
    for (Read.Sense half : reader.halves()) {
      all.add(CellReads.of(reader, first.single(half), rough));
    }
    CellAnalysis seen = CellAnalysis.of(reader.geometry(), state, all);
    CodePlan plan = new CodePlan(reader, state.idle(), amplifier, seen.usualNoise());
    boolean pairs = reader.geometry().sensing() == Sensing.DIFFERENTIAL;
    for (int h = 0; h < reader.halves().size(); h++) {
      Read.Sense half = reader.halves().get(h);
      Code code = plan.best(half, seen.series().get(h).siemens());
      all.add(CellReads.of(reader, code, pairs ? rough : reads - rough));
    }
    if (pairs) {
      double[][] differences = differences(seen);
      Code code = plan.best(Read.Sense.ALL, differences);
      all.add(CellReads.of(reader, code, reads - 2 * rough));
    }
    return all;
  }

  private static double[][] differences(CellAnalysis seen) {
    double[][] plus = seen.series().get(0).siemens();
    double[][] minus = seen.series().get(1).siemens();
    double[][] differences = new double[plus.length][plus[0].length];
    for (int r = 0; r < plus.length; r++) {
      for (int j = 0; j < plus[r].length; j++) {
        differences[r][j] = plus[r][j] + minus[r][j];
      }
    }
    return differences;
  }
}
