package org.mortal.chip;

import org.mortal.kernel.Batch;

/// A batch of reads of one array.
///
/// @param inputs one vector per row; its entries drive the first lines of the array, the others are held at 0 V
/// @param voltsPerUnit row voltages are this times the inputs, so that data need not be copied to be scaled
/// @param biasAmps current injected at each sensed output before its amplifier: 1 x outputs sensed for all
///   vectors alike, n x outputs for each its own, or null for none
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

  /// Whether each vector has bias currents of its own.
  public boolean biasesDiffer() {
    return biasAmps != null && biasAmps.rows() != 1;
  }

  /// The same for vectors `from` (inclusive) to `to` (exclusive) alone.
  public Read vectors(int from, int to) {
    if (from == 0 && to == inputs.rows()) {
      return this;
    }
    Batch bias = biasesDiffer() ? biasAmps.rows(from, to) : biasAmps;
    return new Read(inputs.rows(from, to), voltsPerUnit, bias, sense);
  }

  /// Throws unless shapes fit `geometry`: inputs n x (at most rows), amps n x (at most outputs), bias 1 or n x that.
  public void checkShapes(Geometry geometry, Batch amps) {
    if (inputs.columns() > geometry.rows()
        || amps.columns() > geometry.outputs()
        || amps.rows() != inputs.rows()) {
      throw new IllegalArgumentException(
          "an array of %d rows and %d outputs cannot read %s into %s"
              .formatted(geometry.rows(), geometry.outputs(), inputs, amps));
    }
    if (biasAmps != null
        && (biasAmps.columns() != amps.columns()
            || biasAmps.rows() != 1 && biasAmps.rows() != inputs.rows())) {
      throw new IllegalArgumentException(
          "bias currents must be 1 x %d or %d x %1$d, not %s"
              .formatted(amps.columns(), inputs.rows(), biasAmps));
    }
    if (sense != Sense.ALL && geometry.sensing() != Sensing.DIFFERENTIAL) {
      throw new IllegalArgumentException(
          "only a differential array can connect half of its columns");
    }
  }

  /// Throws unless every bias current lies within `limitAmps`, either sign.
  public void checkBias(double limitAmps) {
    float limit = (float) limitAmps;
    float[] row = new float[biasAmps == null ? 0 : biasAmps.columns()];
    for (int n = 0; biasAmps != null && n < biasAmps.rows(); n++) {
      biasAmps.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        // Written so that NaN is refused too.
        if (!(Math.abs(row[j]) <= limit)) {
          throw new ChipException(
              new Fault.OutOfLimits("bias current", row[j], limitAmps, "A", "output " + j));
        }
      }
    }
  }

  /// Throws unless every row voltage lies between 0 and `limitVolts`.
  public void checkVolts(double limitVolts) {
    new LineVolts(inputs, voltsPerUnit, "row", false).check(limitVolts);
  }
}
