package org.mortal.bench.calibrate;

import org.mortal.chip.Read;

/// Chooses the code that is to tell cells best, from what is known of them roughly.
final class CodePlan {
  /// Of full scale, at the input of an amplifier of nominal gain.
  private static final double MOST_AMPS = 0.7;

  private static final int LARGEST_BLOCK = 127;

  /// Below this amplitude converters' steps and drives' errors weigh too much.
  private static final double LEAST_SHARE = 0.25;

  private final ArrayReader reader;
  private final float low;
  private final double amplifierVariance;
  private final double cellVariance;

  /// @param low share of the highest voltage on rows that are not driven
  /// @param amplifierAmps noise of a read with nothing driven
  /// @param cellSiemens noise of a cell
  CodePlan(ArrayReader reader, float low, double amplifierAmps, double cellSiemens) {
    this.reader = reader;
    this.low = low;
    this.amplifierVariance = amplifierAmps * amplifierAmps;
    this.cellVariance = cellSiemens * cellSiemens;
  }

  /// Rows one by one.
  Code single(Read.Sense sense) {
    return new Code(sense, reader.geometry().rows(), 1, low, 1);
  }

  /// The best code for one way of sensing.
  ///
  /// @param siemens rough conductance behind each row and output, with its sign there
  Code best(Read.Sense sense, double[][] siemens) {
    Code best = single(sense);
    double least = variance(best);
    for (int block = 3;
        block <= Math.min(LARGEST_BLOCK, 2 * siemens.length - 1);
        block = 2 * block + 1) {
      double high = high(sense, block, siemens);
      if (high >= LEAST_SHARE) {
        Code code = new Code(sense, siemens.length, block, low, (float) high);
        double variance = variance(code);
        if (variance < least) {
          best = code;
          least = variance;
        }
      }
    }
    return best;
  }

  /// Of a conductance, by one pass.
  private double variance(Code code) {
    double volts = code.high() * reader.limits().maxReadVolts();
    double driven = (code.block() + 1) / 2.0;
    double cells = driven * reader.cellsPerOutput(code.sense()) * cellVariance;
    double weights = code.block() / (driven * driven);
    return weights * (amplifierVariance / (volts * volts) + cells);
  }

  /// The largest share with which no vector of a code drives an output too far.
  private double high(Read.Sense sense, int block, double[][] siemens) {
    Code code = new Code(sense, siemens.length, block, 0, 1);
    double most = 0;
    double volts = reader.limits().maxReadVolts();
    for (float[] shares : code.shares()) {
      double[] amps = new double[siemens[0].length];
      for (int r = 0; r < shares.length; r++) {
        for (int j = 0; shares[r] > 0 && j < amps.length; j++) {
          amps[j] += volts * siemens[r][j];
        }
      }
      for (double one : amps) {
        most = Math.max(most, Math.abs(one));
      }
    }
    return Math.min(1, MOST_AMPS * reader.limits().fullScaleAmps() / most);
  }
}
