package org.mortal.bench.calibrate.score;

import java.util.List;

/// The reads that a map of single cells was made from, and how.
///
/// @param reads all of them, as they came
/// @param decoder what made conductances of the lines' currents
public record CellReads(List<RawReads> reads, Decoder decoder) {

  /// The linear part of making single cells of coded reads: weights that the currents have in each conductance.
  @FunctionalInterface
  public interface Decoder {
    /// Conductances, rows x columns in siemens.
    ///
    /// @param lineAmps for each of the reads, what flowed into the amplifiers by way of the cells alone: bias currents are taken
    ///     off; vectors x outputs
    double[][] siemens(List<double[][]> lineAmps);
  }
}
