package org.mortal.bench.characterise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Reads and pulses the cells of a region one by one, through the port.
final class CellProbe {
  /// Numbers in one batch of inputs or outputs: 16 MB.
  private static final int BATCH = 1 << 22;

  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Region region;

  CellProbe(Crossbar crossbar, Region region) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.region = region;
  }

  /// Columns of a region that are sensed in one way, in which no column cancels another.
  ///
  /// @param from first column, counted in the region
  /// @param to the column behind the last
  /// @param output of the first
  /// @param sign of a column's current there
  record Half(Read.Sense sense, int from, int to, int output, int sign) {
    /// Outputs that are asked for: those before its own too.
    int outputs() {
      return output + to - from;
    }
  }

  /// How the columns of `region` are sensed.
  static List<Half> halves(Geometry geometry, Region region) {
    int end = region.left() + region.columns();
    if (geometry.sensing() == Sensing.SINGLE) {
      return List.of(new Half(Read.Sense.ALL, 0, region.columns(), region.left(), 1));
    }
    int middle = geometry.columns() / 2;
    int split = Math.clamp(middle - region.left(), 0, region.columns());
    List<Half> halves = new ArrayList<>();
    if (region.left() < middle) {
      halves.add(new Half(Read.Sense.PLUS, 0, split, region.left(), 1));
    }
    if (end > middle) {
      int output = Math.max(0, region.left() - middle);
      halves.add(new Half(Read.Sense.MINUS, split, region.columns(), output, -1));
    }
    return halves;
  }

  /// The outputs with nothing driven.
  ///
  /// @return means of the region's columns, then their standard deviations, in amperes with the sign of a cell's current
  float[] offsets(int reads) {
    float[] found = new float[2 * region.columns()];
    for (Half half : halves(geometry, region)) {
      Batch amps = Batch.zeros(reads, half.outputs());
      crossbar.read(new Read(Batch.zeros(reads, 1), 1, null, half.sense()), amps);
      for (int c = half.from(); c < half.to(); c++) {
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < reads; n++) {
          double one = half.sign() * amps.get(n, half.output() + c - half.from());
          sum += one;
          squares += one * one;
        }
        double mean = sum / reads;
        found[c] = (float) mean;
        found[region.columns() + c] =
            (float) Math.sqrt(Math.max(0, squares - reads * mean * mean) / Math.max(1, reads - 1));
      }
    }
    return found;
  }

  /// The currents of all cells, in amperes, offsets included.
  ///
  /// @return one array of the region's cells for each read that is kept
  float[][] read(Step.Read step) {
    double[][] sums = new double[step.kept()][region.cells()];
    for (Half half : halves(geometry, region)) {
      int outputs = half.outputs();
      int lines = region.lastRow() + 1;
      int fitting = Math.max(1, BATCH / (region.rows() * Math.max(outputs, lines)));
      for (int from = 0; from < step.reads(); from += fitting) {
        int reads = Math.min(fitting, step.reads() - from);
        Batch amps = Batch.zeros(reads * region.rows(), outputs);
        crossbar.read(new Read(inputs(reads), step.volts(), null, half.sense()), amps);
        for (int n = 0; n < reads; n++) {
          add(amps, n * region.rows(), half, sums[step.each() ? from + n : 0]);
        }
      }
    }
    float[][] means = new float[sums.length][region.cells()];
    double share = (double) step.kept() / step.reads();
    for (int n = 0; n < sums.length; n++) {
      for (int i = 0; i < means[n].length; i++) {
        means[n][i] = (float) (sums[n][i] * share);
      }
    }
    return means;
  }

  /// Each row of the region alone, one after the other, again and again.
  private Batch inputs(int reads) {
    Batch inputs = Batch.zeros(reads * region.rows(), region.lastRow() + 1);
    for (int n = 0; n < inputs.rows(); n++) {
      inputs.set(n, region.top() + n % region.rows(), 1f);
    }
    return inputs;
  }

  private void add(Batch amps, int vector, Half half, double[] sums) {
    for (int r = 0; r < region.rows(); r++) {
      for (int c = half.from(); c < half.to(); c++) {
        double one = amps.get(vector + r, half.output() + c - half.from());
        sums[r * region.columns() + c] += half.sign() * one;
      }
    }
  }

  /// The pulses of `step`.
  ///
  /// @param siemens last reading of each cell
  static PulseTrain train(Geometry geometry, Region region, Step.Pulse step, double[] siemens) {
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < region.cells(); i++) {
      // Written so that a cell that was never read is pulsed.
      if (!(siemens[i] >= step.belowSiemens())) {
        int diagonal = i / region.columns() + i % region.columns();
        counts[geometry.index(region.cell(i))] = (short) step.countAt(diagonal);
      }
    }
    return new PulseTrain(counts, step.volts(), step.volts(), step.seconds());
  }

  /// Gives the pulses of `step`.
  ///
  /// @param siemens last reading of each cell
  void pulse(Step.Pulse step, double[] siemens) {
    PulseTrain train = train(geometry, region, step, siemens);
    if (!Arrays.equals(train.counts(), new short[geometry.cells()])) {
      crossbar.pulse(train);
    }
  }
}
