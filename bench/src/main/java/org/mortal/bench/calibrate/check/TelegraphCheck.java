package org.mortal.bench.calibrate.check;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.characterise.TelegraphFit;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Read;

/// Cells of a few rows, read again and again: which jump between two levels.
///
/// A trap may be quiet for a while, and one may show that was quiet before, so a calibration is wrong only if most of the cells
/// it names do not jump, or if many jump that it does not name.
final class TelegraphCheck {
  private static final int ROWS = 4;

  /// More cells are not fitted: each takes a millisecond or two.
  private static final int CELLS = 64;

  private static final int READS = 512;

  /// Of the cells that are named, so many may be quiet.
  private static final double MOST_QUIET = 0.5;

  /// Of the others, so many may jump.
  private static final double MOST_JUMPING = 0.05;

  private final Probe probe;
  private final boolean[][] telegraph;
  private int named;
  private int quiet;
  private int others;
  private int jumping;

  TelegraphCheck(Probe probe) {
    this.probe = probe;
    this.telegraph = probe.calibration().cells().telegraph();
  }

  Check run() {
    for (int row : rows()) {
      for (Read.Sense sense : probe.halves()) {
        row(row, sense);
      }
    }
    double worst =
        Math.max(
            named == 0 ? 0 : quiet / (MOST_QUIET * named),
            others == 0 ? 0 : jumping / Math.max(1, MOST_JUMPING * others));
    String detail =
        "%d of %d cells that should jump between levels are quiet, %d of %d others jump"
            .formatted(quiet, named, jumping, others);
    return new Check("telegraph", probe.array(), worst <= 1, worst, 1, detail);
  }

  /// Those with most such cells, and others by chance.
  private List<Integer> rows() {
    List<Integer> rows = new ArrayList<>();
    int[] found = new int[telegraph.length];
    for (int i = 0; i < found.length; i++) {
      for (boolean one : telegraph[i]) {
        found[i] += one ? 1 : 0;
      }
    }
    while (rows.size() < Math.min(ROWS, found.length)) {
      int best = probe.random().nextInt(found.length);
      for (int i = 0; i < found.length; i++) {
        best = found[i] > found[best] ? i : best;
      }
      if (!rows.contains(best)) {
        rows.add(best);
      }
      found[best] = 0;
    }
    return rows;
  }

  private void row(int row, Read.Sense sense) {
    float[][] vectors = new float[READS][probe.geometry().rows()];
    for (float[] vector : vectors) {
      vector[row] = 1;
    }
    float[][] amps = probe.read(vectors, null, sense);
    int from = probe.random().nextInt(probe.geometry().columns());
    int left = CELLS / probe.halves().size() / ROWS;
    for (int k = 0; k < probe.geometry().columns(); k++) {
      int column = (from + k) % probe.geometry().columns();
      boolean expected = telegraph[row][column];
      if (probe.sign(column, sense) != 0 && (expected || left-- > 0)) {
        judge(expected, series(amps, column % probe.geometry().outputs()));
      }
    }
  }

  private static double[] series(float[][] amps, int output) {
    double[] series = new double[amps.length];
    for (int n = 0; n < series.length; n++) {
      series[n] = amps[n][output];
    }
    return series;
  }

  private void judge(boolean expected, double[] series) {
    boolean jumps = TelegraphFit.of(series).found();
    if (expected) {
      named++;
      quiet += jumps ? 0 : 1;
    } else {
      others++;
      jumping += jumps ? 1 : 0;
    }
  }
}
