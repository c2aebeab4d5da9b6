package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;

/// What the outputs of an array get of its columns.
final class Outputs {
  private Outputs() {}

  /// What output `j` gets: its column, or what is connected of its two columns.
  ///
  /// @param columns one figure for each column
  /// @param sign of the second column: -1 for currents, 1 for variances
  static float of(Geometry geometry, double[] columns, Read.Sense sense, int sign, int j) {
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    double plus = sense == Read.Sense.MINUS ? 0 : columns[j];
    double minus = pairs && sense != Read.Sense.PLUS ? columns[geometry.outputs() + j] : 0;
    return (float) (plus + sign * minus);
  }
}
