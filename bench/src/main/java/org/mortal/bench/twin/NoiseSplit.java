package org.mortal.bench.twin;

import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Read;
import org.mortal.sim.device.ReadNoise;

/// White noise of reads, split into what the amplifiers and what the cells do.
///
/// @param amplifierAmps of a read with nothing driven, at the input, steps of the converter included
/// @param cells of the cells
record NoiseSplit(double amplifierAmps, ReadNoise cells) {
  /// Currents read with nothing driven, over all outputs: of these the noise of single cells must stand out.
  private static final int QUIET = 1 << 18;

  private static final int MOST_VECTORS = 1 << 14;

  /// Variances of single cells above this many times the median are not white.
  private static final double WHITE = 3;

  /// Standard errors from which noise in proportion to the conductance is believed.
  private static final double BELIEVED = 4;

  /// @param maps cells read in different states
  static NoiseSplit of(ArrayMeter meter, List<CellReads> maps) {
    double amplifier = quiet(meter);
    double volts = meter.limits().maxReadVolts();
    double perCell = amplifier / (volts * volts);
    // Variance against the conductance squared, by a straight line through the cells of all maps.
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (CellReads map : maps) {
      double most = WHITE * median(map.variance());
      for (int r = 0; r < map.siemens().length; r++) {
        for (int c = 0; c < map.siemens()[r].length; c++) {
          double variance = map.variance()[r][c];
          if (variance <= most) {
            double square = Math.pow(map.siemens()[r][c], 2) - variance / map.reads();
            double own = variance - perCell;
            n++;
            x += square;
            y += own;
            xx += square * square;
            xy += square * own;
            yy += own * own;
          }
        }
      }
    }
    double spread = xx - x * x / n;
    double slope = (xy - x * y / n) / spread;
    double rest = Math.max(0, (yy - y * y / n - slope * slope * spread) / (n - 2));
    boolean relative = slope > BELIEVED * Math.sqrt(rest / spread);
    double common = relative ? (y - slope * x) / n : y / n;
    return new NoiseSplit(
        Math.sqrt(amplifier),
        new ReadNoise(Math.sqrt(Math.max(0, common)), relative ? Math.sqrt(slope) : 0));
  }

  /// Mean variance of the outputs with all rows at ground.
  private static double quiet(ArrayMeter meter) {
    int vectors = Math.min(MOST_VECTORS, QUIET / meter.geometry().outputs());
    float[][] amps = meter.amps(new float[vectors][meter.geometry().rows()], Read.Sense.ALL);
    double sum = 0;
    for (int j = 0; j < amps[0].length; j++) {
      double mean = 0;
      for (float[] row : amps) {
        mean += row[j] / vectors;
      }
      for (float[] row : amps) {
        sum += Math.pow(row[j] - mean, 2) / (vectors - 1);
      }
    }
    return sum / amps[0].length;
  }

  private static double median(float[][] values) {
    double[] all = new double[values.length * values[0].length];
    int k = 0;
    for (float[] row : values) {
      for (float one : row) {
        all[k++] = one;
      }
    }
    Arrays.sort(all);
    return all[all.length / 2];
  }
}
