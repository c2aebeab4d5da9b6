package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mortal.bench.calibrate.wires.CellEstimates;
import org.mortal.bench.calibrate.wires.WireTask;
import org.mortal.bench.measure.Quantiles;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Workers;

/// What the stages before have found, as the fit of wires wants it.
///
/// @param trial null where no pulses were given
record WireInputs(
    Geometry geometry,
    ArrayState state,
    List<CellReads> reads,
    CellAnalysis analysis,
    CellFit.Estimates cells,
    Trial trial,
    Lines lines) {

  /// @param noise of one read of a random vector, by outputs
  WireTask task(double[] noise, Workers workers) {
    double rise = state.rows()[0].rise();
    return new WireTask(
        new CellEstimates(cells.siemens(), cells.errors()),
        geometry.outputs(),
        state.outputs().share() * state.readVolts(),
        Quantiles.of(noise, 0.5),
        rise > 0 ? bend(rise) : null,
        trial == null ? List.of() : trial.changes().stream().map(Trial.Change::forWires).toList(),
        // Of pairs only half of the columns would be known.
        lines.floating() == null || geometry.sensing() == Sensing.DIFFERENTIAL
            ? null
            : lines.floating().forWires(state.rows(), state.readVolts()),
        workers);
  }

  /// One pass of each of the reads stands for all.
  private WireTask.Bend bend(double rise) {
    List<double[]> acting = new ArrayList<>();
    for (CellReads one : reads) {
      for (float[] shares : one.code().shares()) {
        double[] vector = new double[shares.length];
        Arrays.setAll(vector, r -> state.readVolts() * state.rows()[r].acts(shares[r]));
        acting.add(vector);
      }
    }
    return new WireTask.Bend(
        state.readVolts(), rise, acting.toArray(double[][]::new), this::decode);
  }

  /// @param amps of all columns, for one pass of each of the reads
  private double[][] decode(double[][] amps) {
    List<double[][]> lines = new ArrayList<>();
    int from = 0;
    for (CellReads one : reads) {
      double[][] seen = new double[one.code().vectors()][geometry.outputs()];
      for (int n = 0; n < seen.length; n++) {
        for (int j = 0; j < seen[n].length; j++) {
          seen[n][j] = output(amps[from + n], j, one.code().sense());
        }
      }
      lines.add(seen);
      from += seen.length;
    }
    return analysis.siemens(lines);
  }

  private double output(double[] columns, int output, Read.Sense sense) {
    if (columns.length == geometry.outputs()) {
      return columns[output];
    }
    double plus = columns[output];
    double minus = columns[output + geometry.outputs()];
    return switch (sense) {
      case ALL -> plus - minus;
      case PLUS -> plus;
      case MINUS -> -minus;
    };
  }
}
