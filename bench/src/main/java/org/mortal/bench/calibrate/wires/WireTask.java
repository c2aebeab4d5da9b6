package org.mortal.bench.calibrate.wires;

import java.util.List;
import org.mortal.kernel.Workers;

/// What is known of an array before its wires are.
///
/// @param cells as they read, by the voltages that their rows act with
/// @param outputs as many as columns, or half of them where columns are sensed in pairs
/// @param highVolts random vectors lie evenly between 0 and this
/// @param noiseAmps of one read of such a vector
/// @param bend how cells bend, or null where they do not
/// @param changes of the map of cells that pulses to some of them have made
/// @param floating reads with rows held and floating; null where idle rows are held
/// @param workers of the solver
public record WireTask(
    CellEstimates cells,
    int outputs,
    double highVolts,
    double noiseAmps,
    Bend bend,
    List<Change> changes,
    FloatingReads floating,
    Workers workers) {

  /// How cells bend, and how the map of such cells was read.
  ///
  /// @param readVolts the highest read voltage
  /// @param rise by which part the current at that is more than Ohm's law has from low voltages
  /// @param acting volts of all rows as they act on cells that do not bend, vectors x rows
  /// @param decoder what made cells of the currents of all columns, vectors x columns
  public record Bend(double readVolts, double rise, double[][] acting, Decoder decoder) {}

  /// Makes conductances, rows x columns, of the currents of coded vectors, vectors x columns.
  @FunctionalInterface
  public interface Decoder {
    double[][] siemens(double[][] amps);
  }

  /// Maps before and after some cells were pulsed.
  ///
  /// @param touched the pulsed ones
  public record Change(CellEstimates before, CellEstimates after, boolean[][] touched) {}

  /// Currents that were read with rows held and with the same rows floating.
  ///
  /// @param held volts, as they act, of all rows
  /// @param floating the same with NaN for rows that float
  /// @param losses current of each column with rows floating minus with rows held, vectors x columns
  /// @param errors standard error of each
  public record FloatingReads(
      double[][] held, double[][] floating, double[][] losses, double[][] errors) {}
}
