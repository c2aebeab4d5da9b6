package org.mortal.bench.calibrate.check;

import java.util.List;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.OutputCurve;

/// Random vectors of all rows that nothing was fitted to: the error that remains, whose outputs succeed, and whether what is
/// added for wires is what they take away.
final class VectorCheck {
  /// By how much the error may differ for other reasons than chance: ranges of vectors are not quite the same.
  private static final double TOLERANCE = 0.1;

  /// Between these times what noise leaves, an output may be taken for good or for bad.
  private static final double SURELY_GOOD = 1.1;

  private static final double SURELY_BAD = 1.5;

  private final Probe probe;
  private final int count;
  private final ArrayCalibration calibration;
  private final int outputs;
  private float[][] vectors;
  private double[][] predicted;
  private double[][] error;
  private double[] remaining;
  private double[] noise;

  VectorCheck(Probe probe, int count) {
    this.probe = probe;
    this.count = count;
    this.calibration = probe.calibration();
    this.outputs = probe.geometry().outputs();
  }

  void run(List<Check> checks, boolean gainsToo) {
    measure();
    Deviations heldOut = new Deviations("held-out error", probe.array());
    double chance = Math.hypot(1 / Math.sqrt(count), TOLERANCE);
    for (int j = 0; j < outputs; j++) {
      if (calibration.heldOutAmps()[j] > 0) {
        double ratio = Math.log(remaining[j] / calibration.heldOutAmps()[j]);
        heldOut.add(ratio / chance, "output " + j);
      }
    }
    if (!heldOut.isEmpty()) {
      checks.add(heldOut.check());
    }
    checks.add(success());
    if (gainsToo) {
      checks.add(gains());
    }
    if (calibration.correction().rank() > 0) {
      checks.add(correction());
    }
  }

  private void measure() {
    vectors = probe.dense(count);
    predicted = probe.predicted(vectors, Read.Sense.ALL);
    float[][] once = probe.read(vectors, null, Read.Sense.ALL);
    float[][] again = probe.read(vectors, null, Read.Sense.ALL);
    error = new double[count][outputs];
    remaining = new double[outputs];
    noise = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      double squares = 0;
      double apart = 0;
      for (int n = 0; n < count; n++) {
        error[n][j] = once[n][j] - predicted[n][j];
        squares += error[n][j] * error[n][j];
        apart += Math.pow(once[n][j] - again[n][j], 2) / 2;
      }
      remaining[j] = Math.sqrt(squares / count);
      noise[j] = Math.sqrt(apart / count);
    }
  }

  /// What the map's own errors make of the error of an output, root mean square.
  private double mapError(int output) {
    double sum = 0;
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        double volts = vector[i] * probe.volts();
        for (int c = output; c < probe.geometry().columns(); c += outputs) {
          sum += Math.pow(volts * calibration.cells().errorSiemens()[i][c], 2);
        }
      }
    }
    return Math.sqrt(sum / vectors.length);
  }

  private Check success() {
    int wrong = 0;
    String last = "";
    for (int j = 0; j < outputs; j++) {
      double expected = Math.hypot(noise[j], mapError(j));
      boolean good = remaining[j] <= SURELY_GOOD * expected;
      boolean bad = remaining[j] > SURELY_BAD * expected;
      if (calibration.success()[j] ? bad : good) {
        wrong++;
        last = ", the last output " + j;
      }
    }
    return new Check(
        "success",
        probe.array(),
        wrong == 0,
        wrong,
        0,
        "%d of %d outputs are not what the calibration says of them%s"
            .formatted(wrong, outputs, last));
  }

  /// Where there is no bias: by how much more or less outputs show than their cells predict.
  private Check gains() {
    Deviations gains = new Deviations("gain", probe.array());
    for (int j = 0; j < outputs; j++) {
      double product = 0;
      double squares = 0;
      for (int n = 0; n < count; n++) {
        product += error[n][j] * predicted[n][j];
        squares += predicted[n][j] * predicted[n][j];
      }
      OutputCurve curve = calibration.outputs()[j];
      double noiseError = remaining[j] / Math.sqrt(squares);
      double mapError = mapError(j) / Math.sqrt(squares / count);
      double chance =
          Math.hypot(noiseError, Math.hypot(curve.gainError() / curve.gain(), mapError));
      gains.add(product / squares / chance, "output " + j);
    }
    return gains.check();
  }

  /// How much more or less of the correction would be right, as a share of it.
  private Check correction() {
    double[][] added = added();
    double product = 0;
    double squares = 0;
    double variance = 0;
    for (int j = 0; j < outputs; j++) {
      double gain = 0;
      double[] rows = new double[probe.geometry().rows()];
      for (int n = 0; n < count; n++) {
        double one = added[n][j];
        product += error[n][j] * one;
        squares += one * one;
        variance += Math.pow(noise[j] * one, 2);
        gain += predicted[n][j] * one;
        for (int i = 0; i < rows.length; i++) {
          rows[i] += vectors[n][i] * probe.volts() * one;
        }
      }
      OutputCurve curve = calibration.outputs()[j];
      variance += Math.pow(gain * curve.gainError() / curve.gain(), 2);
      for (int i = 0; i < rows.length; i++) {
        for (int c = j; c < probe.geometry().columns(); c += outputs) {
          variance += Math.pow(rows[i] * calibration.cells().errorSiemens()[i][c], 2);
        }
      }
    }
    Deviations correction = new Deviations("wires", probe.array());
    correction.add(product / Math.sqrt(variance), "%.3f of it".formatted(product / squares));
    return correction.check();
  }

  private double[][] added() {
    Compensation lost = calibration.correction();
    double[][] added = new double[count][outputs];
    for (int n = 0; n < count; n++) {
      for (int k = 0; k < lost.rank(); k++) {
        double product = 0;
        for (int i = 0; i < vectors[n].length; i++) {
          product += vectors[n][i] * probe.volts() * lost.in()[i][k];
        }
        for (int c = 0; c < probe.geometry().columns(); c++) {
          added[n][c % outputs] += product * probe.sign(c, Read.Sense.ALL) * lost.out()[k][c];
        }
      }
    }
    return added;
  }
}
