package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.calibrated.OutputCurve;

/// Reads what tells wires from cells, as far as the array allows.
///
/// Where a transistor at each cell keeps pulses from all others, cells where some rows and some columns cross are raised and
/// lowered again: what others then seem to change by is due to wires. Where idle rows float, which such arrays do not have, the
/// same vectors are read with them held and floating.
final class WireReadStage {
  /// How far cells are moved, as part of the window.
  private static final double MOVED = 0.25;

  /// Vectors that are read with rows held and floating.
  private static final int VECTORS = 16;

  private final ArrayReader reader;
  private final ArrayState state;
  private final Settings settings;
  private final RandomGenerator random;
  private final Geometry geometry;

  WireReadStage(
      ArrayReader reader, ArrayState state, Settings settings, RandomGenerator random) {
    this.reader = reader;
    this.state = state;
    this.settings = settings;
    this.random = random;
    this.geometry = reader.geometry();
  }

  WireReads run() {
    boolean floating = state.idle() > 0 && geometry.sensing() == Sensing.SINGLE;
    boolean alone = state.idle() == 0 && settings.pulses();
    boolean[][] touched = alone ? crossings() : null;
    List<CellFit.Estimates> maps = alone ? maps(touched) : List.of();
    float[][] driven = floating ? driven() : null;
    Losses losses = floating ? losses(driven) : null;
    return new WireReads(
        touched,
        maps.stream().map(map -> packed(map.siemens())).toList(),
        maps.stream().map(map -> packed(map.errors())).toList(),
        floating ? Packed.of(driven) : null,
        floating ? Packed.of(losses.amps) : null,
        floating ? Packed.of(losses.errors) : null);
  }

  /// Where a random half of the rows crosses a random half of the columns.
  private boolean[][] crossings() {
    boolean[] rows = half(geometry.rows());
    boolean[] columns = half(geometry.columns());
    boolean[][] crossings = new boolean[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        crossings[r][c] = rows[r] && columns[c];
      }
    }
    return crossings;
  }

  private boolean[] half(int lines) {
    boolean[] half = new boolean[lines];
    for (int i = 0; i < lines; i++) {
      half[i] = random.nextBoolean();
    }
    return half;
  }

  private List<CellFit.Estimates> maps(boolean[][] touched) {
    List<CellFit.Estimates> maps = new ArrayList<>();
    maps.add(map());
    pulse(touched, 1);
    maps.add(map());
    pulse(touched, -1);
    maps.add(map());
    return maps;
  }

  private CellFit.Estimates map() {
    int reads = Math.max(Settings.LEAST_READS, settings.reads() / 2);
    return CellAnalysis.of(geometry, state, new CellStage(reader, state, reads).run())
        .estimates();
  }

  private void pulse(boolean[][] touched, int sign) {
    Limits limits = reader.limits();
    double wanted = MOVED * limits.windowSiemens() / limits.write().stepSiemens();
    int pulses = (int) Math.clamp(Math.rint(wanted), 1, limits.maxPulses());
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < counts.length; i++) {
      boolean one = touched[i / geometry.columns()][i % geometry.columns()];
      counts[i] = (short) (one ? sign * pulses : 0);
    }
    reader.crossbar().pulse(PulseTrain.nominal(counts, limits.write()));
  }

  private float[][] driven() {
    float[][] driven = new float[VECTORS][geometry.rows()];
    for (float[] vector : driven) {
      for (int r = 0; r < vector.length; r++) {
        vector[r] = random.nextBoolean() ? (float) state.outputs().share() : 0;
      }
    }
    return driven;
  }

  private record Losses(float[][] amps, float[][] errors) {}

  private Losses losses(float[][] driven) {
    int repeats = settings.reads();
    int outputs = geometry.outputs();
    Losses losses = new Losses(new float[driven.length][outputs], new float[driven.length][outputs]);
    for (int n = 0; n < driven.length; n++) {
      float[] held = driven[n].clone();
      for (int r = 0; r < held.length; r++) {
        held[r] = Math.max(held[r], state.idle());
      }
      float[][] shares = new float[2 * repeats][];
      for (int k = 0; k < repeats; k++) {
        shares[2 * k] = driven[n];
        shares[2 * k + 1] = held;
      }
      fill(reader.read(shares, null, Read.Sense.ALL), losses.amps[n], losses.errors[n]);
    }
    return losses;
  }

  private void fill(float[][] shown, float[] amps, float[] errors) {
    int repeats = shown.length / 2;
    double[] differences = new double[repeats];
    for (int j = 0; j < amps.length; j++) {
      OutputCurve curve = state.outputs().curves()[j];
      double sum = 0;
      for (int k = 0; k < repeats; k++) {
        differences[k] = curve.lineAmps(shown[2 * k][j]) - curve.lineAmps(shown[2 * k + 1][j]);
        sum += differences[k];
      }
      amps[j] = (float) (sum / repeats);
      errors[j] = (float) Math.sqrt(new Variance().evaluate(differences) / repeats);
    }
  }

  private static Packed packed(double[][] values) {
    float[][] floats = new float[values.length][values[0].length];
    for (int r = 0; r < floats.length; r++) {
      for (int c = 0; c < floats[r].length; c++) {
        floats[r][c] = (float) values[r][c];
      }
    }
    return Packed.of(floats);
  }
}
