package org.mortal.bench.calibrate.check;

import java.util.Arrays;
import java.util.List;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Reads of one array behind its calibration, beside what its map of cells predicts of them.
final class Probe {
  /// Of full scale: where an amplifier that bends still tells currents apart well.
  private static final double MOST_SHOWN = 0.7;

  /// Of all currents, so many stay below it.
  private static final double NEARLY_ALL = 0.995;

  /// Rows that are not meant are given next to nothing rather than nothing, for then some would float.
  private static final double LEAST = 0.004;

  private static final double NARROWER = 0.97;
  private static final int TRIED = 96;

  private final Crossbar crossbar;
  private final ArrayCalibration calibration;
  private final Geometry geometry;
  private final Limits limits;
  private final Philox random;

  /// @param crossbar whose reads are corrected
  Probe(Crossbar crossbar, ArrayCalibration calibration, Philox random) {
    this.crossbar = crossbar;
    this.calibration = calibration;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
    this.random = random;
  }

  Crossbar crossbar() {
    return crossbar;
  }

  ArrayCalibration calibration() {
    return calibration;
  }

  Geometry geometry() {
    return geometry;
  }

  Limits limits() {
    return limits;
  }

  Philox random() {
    return random;
  }

  int array() {
    return calibration.array();
  }

  double volts() {
    return limits.maxReadVolts();
  }

  /// The ways of sensing in which no column cancels another.
  List<Read.Sense> halves() {
    return geometry.sensing() == Sensing.SINGLE
        ? List.of(Read.Sense.ALL)
        : List.of(Read.Sense.PLUS, Read.Sense.MINUS);
  }

  /// With what sign a column counts at its output.
  double sign(int column, Read.Sense sense) {
    boolean minus = geometry.sensing() == Sensing.DIFFERENTIAL && column >= geometry.outputs();
    return switch (sense) {
      case ALL -> minus ? -1 : 1;
      case PLUS -> minus ? 0 : 1;
      case MINUS -> minus ? -1 : 0;
    };
  }

  /// Random vectors: some rows are driven by up to `top` of the highest voltage, the others by next to nothing.
  ///
  /// @param driven the chance of each row to be
  float[][] vectors(int count, double top, double driven) {
    float[][] vectors = new float[count][geometry.rows()];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        double share =
            random.nextDouble() < driven
                ? top * random.nextDouble()
                : LEAST * (1 + random.nextDouble());
        vector[i] = (float) share;
      }
    }
    return vectors;
  }

  /// Vectors of all rows, driven by as much as nearly all outputs can take.
  float[][] dense(int count) {
    double top = 1;
    while (tooMuch(vectors(TRIED, top, 1), Read.Sense.ALL)) {
      top *= NARROWER;
    }
    return vectors(count, top, 1);
  }

  /// Vectors over the whole range of voltages, of as many rows as nearly all outputs can take.
  float[][] sparse(int count, Read.Sense sense) {
    double driven = 1;
    while (driven * geometry.rows() > 1 && tooMuch(vectors(TRIED, 1, driven), sense)) {
      driven *= NARROWER;
    }
    return vectors(count, 1, driven);
  }

  private boolean tooMuch(float[][] vectors, Read.Sense sense) {
    double[][] amps = predicted(vectors, sense);
    double[] shares = new double[amps.length * geometry.outputs()];
    for (int i = 0; i < shares.length; i++) {
      int j = i % geometry.outputs();
      OutputCurve curve = calibration.outputs()[j];
      double most = MOST_SHOWN * limits.fullScaleAmps();
      double one = amps[i / geometry.outputs()][j];
      shares[i] = Math.abs(one / curve.lineAmps(Math.copySign(most, one)));
    }
    return Quantiles.of(shares, NEARLY_ALL) > 1;
  }

  /// What the map of cells says of vectors, in amperes.
  double[][] predicted(float[][] vectors, Read.Sense sense) {
    double[][] amps = new double[vectors.length][geometry.outputs()];
    for (int n = 0; n < vectors.length; n++) {
      for (int i = 0; i < geometry.rows(); i++) {
        double volts = vectors[n][i] * volts();
        float[] siemens = calibration.cells().siemens()[i];
        for (int c = 0; c < siemens.length; c++) {
          amps[n][c % geometry.outputs()] += volts * sign(c, sense) * siemens[c];
        }
      }
    }
    return amps;
  }

  /// Corrected currents of vectors, one after the other.
  ///
  /// @param biasAmps for all outputs alike, of each vector; null for none
  float[][] read(float[][] vectors, double[] biasAmps, Read.Sense sense) {
    Batch bias = null;
    if (biasAmps != null) {
      float[][] all = new float[vectors.length][geometry.outputs()];
      for (int n = 0; n < all.length; n++) {
        Arrays.fill(all[n], (float) biasAmps[n]);
      }
      bias = Batch.of(all);
    }
    Batch amps = Batch.zeros(vectors.length, geometry.outputs());
    crossbar.read(new Read(Batch.of(vectors), volts(), bias, sense), amps);
    return amps.toArrays();
  }
}
