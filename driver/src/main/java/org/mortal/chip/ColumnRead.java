package org.mortal.chip;

import org.mortal.kernel.Batch;

/// A batch of transposed reads of one array: voltages on its columns, currents at its rows.
///
/// The voltages are signed. Of a differential array each is given to the positive column of a pair, and its opposite to the
/// negative one, so that the pair counts with the same sign as in a [Read].
///
/// @param inputs one vector per row; its entries drive the first outputs of the array, the others are held at 0 V
/// @param voltsPerUnit voltages are this times the inputs
public record ColumnRead(Batch inputs, double voltsPerUnit) {

  /// Inputs in volts.
  public static ColumnRead of(Batch volts) {
    return new ColumnRead(volts, 1);
  }

  /// Throws unless shapes fit `geometry`: inputs n x (at most outputs), amps n x (at most rows).
  public void checkShapes(Geometry geometry, Batch amps) {
    if (inputs.columns() > geometry.outputs()
        || amps.columns() > geometry.rows()
        || amps.rows() != inputs.rows()) {
      throw new IllegalArgumentException(
          "an array of %d rows and %d outputs cannot read %s transposed into %s"
              .formatted(geometry.rows(), geometry.outputs(), inputs, amps));
    }
  }

  /// Throws unless every voltage lies within `limitVolts`, either sign.
  public void checkVolts(double limitVolts) {
    new LineVolts(inputs, voltsPerUnit, "output", true).check(limitVolts);
  }
}
