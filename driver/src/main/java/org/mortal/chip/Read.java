package org.mortal.chip;

import org.mortal.kernel.Batch;

/// A batch of reads of one array.
///
/// @param inputs one vector per row; its entries drive the first lines of the array, the others are held at 0 V
/// @param voltsPerUnit row voltages are this times the inputs, so that data need not be copied to be scaled
/// @param biasAmps current injected at each sensed output before its amplifier, 1 x outputs sensed, or null for none
/// @param sense which columns are connected
public record Read(Batch inputs, double voltsPerUnit, Batch biasAmps, Sense sense) {

  /// Which columns of a differential array are connected to the sense amplifiers.
  public enum Sense {
    /// All: the array's own [Sensing].
    ALL,
    /// Only the positive half of each pair.
    PLUS,
    /// Only the negative half, which then reads as a negative current.
    MINUS
  }

  /// All columns, no bias, inputs in volts.
  public static Read of(Batch rowVolts) {
    return new Read(rowVolts, 1, null, Sense.ALL);
  }

  /// Throws unless shapes fit `geometry`: inputs n x (at most rows), amps n x (at most outputs), bias 1 x that.
  public void checkShapes(Geometry geometry, Batch amps) {
    if (inputs.columns() > geometry.rows()
        || amps.columns() > geometry.outputs()
        || amps.rows() != inputs.rows()) {
      throw new IllegalArgumentException(
          "an array of %d rows and %d outputs cannot read %s into %s"
              .formatted(geometry.rows(), geometry.outputs(), inputs, amps));
    }
    if (biasAmps != null && (biasAmps.rows() != 1 || biasAmps.columns() != amps.columns())) {
      throw new IllegalArgumentException(
          "bias currents must be 1 x %d, not %s".formatted(amps.columns(), biasAmps));
    }
    if (sense != Sense.ALL && geometry.sensing() != Sensing.DIFFERENTIAL) {
      throw new IllegalArgumentException(
          "only a differential array can connect half of its columns");
    }
  }
}
