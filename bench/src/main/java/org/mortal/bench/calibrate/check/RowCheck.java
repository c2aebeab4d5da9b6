package org.mortal.bench.calibrate.check;

import java.util.List;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.CellMap;

/// Vectors over the whole range of voltages: how rows bend, and how much cells are noisy.
final class RowCheck {
  /// Of a variance: how much of it is the amplifiers' is not known closer, nor what curves make of the converters' steps.
  private static final double TOLERANCE = 0.15;

  private final Probe probe;
  private final int count;
  private final int outputs;
  private float[][] vectors;
  private double[][] error;
  private double[][] apart;
  private double[] remaining;

  RowCheck(Probe probe, int count) {
    this.probe = probe;
    this.count = count;
    this.outputs = probe.geometry().outputs();
  }

  /// @param quiet with nothing driven: its variances
  /// @param repeats that those are known by
  void run(List<Check> checks, BiasCheck quiet, int repeats) {
    measure();
    checks.add(bends("bow", u -> u * (1 - u)));
    checks.add(bends("skew", u -> u * (1 - u) * (1 - 2 * u)));
    checks.add(noise(quiet, repeats));
  }

  private void measure() {
    vectors = probe.sparse(count, Read.Sense.ALL);
    double[][] predicted = probe.predicted(vectors, Read.Sense.ALL);
    float[][] once = probe.read(vectors, null, Read.Sense.ALL);
    float[][] again = probe.read(vectors, null, Read.Sense.ALL);
    error = new double[count][outputs];
    apart = new double[count][outputs];
    remaining = new double[outputs];
    for (int n = 0; n < count; n++) {
      for (int j = 0; j < outputs; j++) {
        error[n][j] = (once[n][j] + again[n][j]) / 2.0 - predicted[n][j];
        apart[n][j] = (once[n][j] - again[n][j]) / Math.sqrt(2);
        remaining[j] += error[n][j] * error[n][j] / count;
      }
    }
  }

  @FunctionalInterface
  private interface Shape {
    double of(double share);
  }

  /// What is left of a bend in each row. Others' bends, where they are right, add noise alone, so each row is looked at by
  /// itself; what is of the conductance rather than of the bend is taken out first.
  private Check bends(String name, Shape shape) {
    Deviations bends = new Deviations(name, probe.array());
    for (int i = 0; i < probe.geometry().rows(); i++) {
      double[] bend = new double[count];
      for (int n = 0; n < count; n++) {
        bend[n] = shape.of(vectors[n][i]);
      }
      takeOutLine(bend, i);
      double product = 0;
      double variance = 0;
      for (int j = 0; j < outputs; j++) {
        double weight = weight(i, j) / remaining[j];
        for (int n = 0; n < count; n++) {
          product += weight * error[n][j] * bend[n];
          variance += weight * weight * remaining[j] * bend[n] * bend[n];
        }
      }
      if (variance > 0) {
        bends.add(product / Math.sqrt(variance), "row " + i);
      }
    }
    return bends.check();
  }

  private double weight(int row, int output) {
    double siemens = 0;
    for (int c = output; c < probe.geometry().columns(); c += outputs) {
      siemens += probe.sign(c, Read.Sense.ALL) * probe.calibration().cells().siemens()[row][c];
    }
    return siemens;
  }

  /// Takes out of `bend` what a straight line of the row's voltage would do.
  private void takeOutLine(double[] bend, int row) {
    double meanBend = 0;
    double mean = 0;
    for (int n = 0; n < count; n++) {
      meanBend += bend[n] / count;
      mean += vectors[n][row] / count;
    }
    double product = 0;
    double squares = 0;
    for (int n = 0; n < count; n++) {
      product += (bend[n] - meanBend) * (vectors[n][row] - mean);
      squares += Math.pow(vectors[n][row] - mean, 2);
    }
    for (int n = 0; n < count; n++) {
      bend[n] -= meanBend + product / squares * (vectors[n][row] - mean);
    }
  }

  private Check noise(BiasCheck quiet, int repeats) {
    Deviations noise = new Deviations("cell noise", probe.array());
    CellMap cells = probe.calibration().cells();
    for (int j = 0; j < outputs; j++) {
      double seen = 0;
      double expected = 0;
      double chance = 0;
      for (int n = 0; n < count; n++) {
        double variance = quiet.variance(j);
        for (int i = 0; i < vectors[n].length; i++) {
          double volts = vectors[n][i] * probe.volts();
          for (int c = j; c < probe.geometry().columns(); c += outputs) {
            variance += Math.pow(volts * cells.noiseSiemens()[i][c], 2);
          }
        }
        seen += apart[n][j] * apart[n][j];
        expected += variance;
        chance += 2 * variance * variance;
      }
      double amplifier = count * quiet.variance(j) * Math.sqrt(2.0 / repeats);
      double error = Math.hypot(Math.sqrt(chance), Math.hypot(amplifier, TOLERANCE * expected));
      noise.add((seen - expected) / error, "output " + j);
    }
    return noise.check();
  }
}
