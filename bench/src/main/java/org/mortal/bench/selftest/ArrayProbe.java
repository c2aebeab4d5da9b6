package org.mortal.bench.selftest;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Repeated reads and pulses of one array, in the terms of the self-test.
final class ArrayProbe {
  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Limits limits;

  ArrayProbe(Crossbar crossbar) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
  }

  /// What repeated reads of the same input gave at each output, in amperes.
  record Outputs(double[] mean, double[] deviation) {}

  Geometry geometry() {
    return geometry;
  }

  Limits limits() {
    return limits;
  }

  /// The ways of sensing in which no column cancels another.
  List<Read.Sense> halves() {
    return geometry.sensing() == Sensing.SINGLE
        ? List.of(Read.Sense.ALL)
        : List.of(Read.Sense.PLUS, Read.Sense.MINUS);
  }

  /// Reads the outputs `repeats` times.
  ///
  /// @param share of the highest voltage on the rows of `driven`; the others are at ground
  /// @param biasAmps injected at every output
  Outputs read(boolean[] driven, double share, double biasAmps, Read.Sense sense, int repeats) {
    Batch inputs = Batch.zeros(repeats, geometry.rows());
    for (int r = 0; r < geometry.rows(); r++) {
      for (int n = 0; driven[r] && n < repeats; n++) {
        inputs.set(n, r, (float) share);
      }
    }
    Batch amps = Batch.zeros(repeats, geometry.outputs());
    Batch bias = biasAmps == 0 ? null : filled(biasAmps);
    crossbar.read(new Read(inputs, limits.maxReadVolts(), bias, sense), amps);
    return statistics(amps);
  }

  /// Reads the outputs with all rows at ground.
  Outputs quiet(double biasAmps, int repeats) {
    return read(new boolean[geometry.rows()], 0, biasAmps, Read.Sense.ALL, repeats);
  }

  private Batch filled(double amps) {
    Batch batch = Batch.zeros(1, geometry.outputs());
    for (int j = 0; j < batch.columns(); j++) {
      batch.set(0, j, (float) amps);
    }
    return batch;
  }

  private static Outputs statistics(Batch amps) {
    int repeats = amps.rows();
    double[] mean = new double[amps.columns()];
    double[] deviation = new double[amps.columns()];
    for (int j = 0; j < mean.length; j++) {
      for (int n = 0; n < repeats; n++) {
        mean[j] += (double) amps.get(n, j) / repeats;
      }
      for (int n = 0; n < repeats; n++) {
        double difference = amps.get(n, j) - mean[j];
        deviation[j] += difference * difference / (repeats - 1);
      }
      deviation[j] = Math.sqrt(deviation[j]);
    }
    return new Outputs(mean, deviation);
  }

  /// The conductance of every cell, each the mean of `reads`.
  float[][] siemens(int reads) {
    return new ProgramVerify(crossbar).measure(reads).toArrays();
  }

  /// Gives nominal pulses.
  ///
  /// @param count for each cell by its row-major index
  void pulse(IntUnaryOperator count) {
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) Math.clamp(count.applyAsInt(i), -limits.maxPulses(), limits.maxPulses());
    }
    crossbar.pulse(PulseTrain.nominal(counts, limits.write()));
  }
}
