package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mortal.bench.calibrate.wires.CellEstimates;
import org.mortal.bench.calibrate.wires.WireTask;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Workers;

/// Puts together what stages have found for the one that fits the wires.
///
/// @param state with drives
/// @param reads of cells
/// @param noise of each cell from read to read, rows x columns in siemens
record WireTasks(
    Geometry geometry, ArrayState state, List<CellReads> reads, double[][] noise, Workers workers) {
  /// Cells that bend by less are straight.
  private static final double STRAIGHT = 1e-4;

  WireTask task(CellFit.Estimates cells, WireReads wires) {
    double highVolts = state.outputs().share() * state.readVolts();
    return new WireTask(
        new CellEstimates(cells.siemens(), cells.errors()),
        geometry.outputs(),
        highVolts,
        noiseAmps(highVolts),
        bend(),
        changes(wires),
        floating(wires),
        workers);
  }

  /// Of a read of a random vector, at a usual output.
  private double noiseAmps(double highVolts) {
    double squares = 0;
    for (double[] row : noise) {
      for (double one : row) {
        squares += highVolts * highVolts / 3 * one * one / geometry.outputs();
      }
    }
    for (double amplifier : state.outputs().noiseAmps()) {
      squares += amplifier * amplifier / geometry.outputs();
    }
    return Math.sqrt(squares);
  }

  /// What all rows bend by; only where each column has an output of its own is the map of cells one code's.
  private WireTask.Bend bend() {
    double rise = 0;
    for (var row : state.rows()) {
      rise += row.rise() / state.rows().length;
    }
    if (rise < STRAIGHT || geometry.sensing() != Sensing.SINGLE) {
      return null;
    }
    Code code = reads.getLast().code();
    return new WireTask.Bend(
        state.readVolts(), rise, acting(code.shares()), amps -> decode(code, amps));
  }

  private double[][] decode(Code code, double[][] amps) {
    double[] acting = state.acting(code);
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    double[] pass = new double[amps.length];
    for (int c = 0; c < geometry.columns(); c++) {
      for (int n = 0; n < pass.length; n++) {
        pass[n] = amps[n][c];
      }
      double[] decoded = code.decode(pass);
      for (int r = 0; r < decoded.length; r++) {
        siemens[r][c] = decoded[r] / acting[r];
      }
    }
    return siemens;
  }

  /// Volts as they act on cells that do not bend.
  private double[][] acting(float[][] shares) {
    double[][] acting = new double[shares.length][geometry.rows()];
    for (int n = 0; n < shares.length; n++) {
      for (int r = 0; r < acting[n].length; r++) {
        acting[n][r] = state.readVolts() * state.rows()[r].acts(shares[n][r]);
      }
    }
    return acting;
  }

  private static List<WireTask.Change> changes(WireReads wires) {
    List<CellEstimates> maps =
        IntStream.range(0, wires.siemens().size())
            .mapToObj(
                k -> new CellEstimates(doubles(wires.siemens().get(k)), doubles(wires.errors().get(k))))
            .toList();
    List<WireTask.Change> changes = new ArrayList<>();
    for (int k = 1; k < maps.size(); k++) {
      changes.add(new WireTask.Change(maps.get(k - 1), maps.get(k), wires.touched()));
    }
    return changes;
  }

  private WireTask.FloatingReads floating(WireReads wires) {
    if (wires.driven() == null) {
      return null;
    }
    float[][] driven = wires.driven().toArrays();
    float[][] held = wires.driven().toArrays();
    for (float[] vector : held) {
      for (int r = 0; r < vector.length; r++) {
        vector[r] = Math.max(vector[r], state.idle());
      }
    }
    double[][] free = acting(driven);
    for (int n = 0; n < free.length; n++) {
      for (int r = 0; r < free[n].length; r++) {
        free[n][r] = driven[n][r] == 0 ? Double.NaN : free[n][r];
      }
    }
    return new WireTask.FloatingReads(
        acting(held), free, doubles(wires.losses()), doubles(wires.lossErrors()));
  }

  private static double[][] doubles(Packed packed) {
    float[][] values = packed.toArrays();
    double[][] doubles = new double[values.length][values[0].length];
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        doubles[r][c] = values[r][c];
      }
    }
    return doubles;
  }
}
