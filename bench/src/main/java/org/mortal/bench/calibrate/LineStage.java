package org.mortal.bench.calibrate;

import java.util.random.RandomGenerator;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.OutputCurve;

/// Finds out whether lines settle within a read, and whether rows that are not driven are held.
final class LineStage {
  /// Standard errors, of a share that may well be nothing.
  private static final double SIGMAS = 4;

  /// A picoampere squared: what is divided by is never nothing.
  private static final double LEAST_VARIANCE = 1e-24;

  private final ArrayReader reader;
  private final OutputCurve[] curves;
  private final double[] noise;
  private final int reads;
  private final RandomGenerator random;
  private final Read.Sense sense;
  private double left;

  LineStage(ArrayReader reader, Outputs outputs, int reads, RandomGenerator random) {
    this.reader = reader;
    this.curves = outputs.curves();
    this.noise = outputs.noiseAmps();
    this.reads = reads;
    this.random = random;
    this.sense = reader.halves().getFirst();
  }

  Lines run() {
    float share = (float) InputRange.find(reader, sense, random);
    Settling settling = settling(share);
    left = settling.left > SIGMAS * settling.error ? settling.left : 0;
    IdleRows idle = IdleRows.read(this::read, reader.geometry().rows(), share, reads, random);
    boolean floating = idle.floating();
    return new Lines(floating ? IdleRows.HOLDING : 0, left, settling.error, floating ? idle : null);
  }

  private record Settling(double left, double error) {}

  /// Strong vectors and quiet ones in turn: what a quiet one shows is left from before.
  private Settling settling(float share) {
    float[][] strong = InputRange.vectors(reader, share, 2 * reads, random);
    float[][] shares = new float[2 * strong.length][];
    float[] ground = new float[reader.geometry().rows()];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = n % 2 == 0 ? strong[n / 2] : ground;
    }
    double[][] amps = read(shares);
    double products = 0;
    double squares = 0;
    for (int n = 1; n < amps.length; n += 2) {
      for (int j = 0; j < curves.length; j++) {
        double weight = 1 / (noise[j] * noise[j] + LEAST_VARIANCE);
        products += weight * amps[n][j] * amps[n - 1][j];
        squares += weight * amps[n - 1][j] * amps[n - 1][j];
      }
    }
    return new Settling(products / squares, 1 / Math.sqrt(squares));
  }

  /// Currents of lines, without what is known to be left of the read before.
  private double[][] read(float[][] shares) {
    float[][] shown = reader.read(shares, null, sense);
    double[][] amps = new double[shown.length][curves.length];
    for (int j = 0; j < curves.length; j++) {
      double carried = 0;
      for (int n = 0; n < shown.length; n++) {
        double held = curves[j].lineAmps(shown[n][j]);
        amps[n][j] = (held - left * carried) / (1 - left);
        carried = held;
      }
    }
    return amps;
  }
}
