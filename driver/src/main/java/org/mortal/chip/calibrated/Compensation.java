package org.mortal.chip.calibrated;

/// What gives back to the currents of an array what its wires take away.
///
/// Nearly all of it is a matter of scale: rows whose far cells are short of volts are asked for more, and outputs count for
/// more. What is left is smooth along rows and columns, so that a matrix of low rank has it: `volts * in * out` is added.
/// That is `rows + outputs + k (rows + outputs)` multiplications a vector, where the array does `rows * outputs`.
///
/// @param rows by what the volts of each row are multiplied before they are asked for, at most 1; empty for nothing
/// @param outputs by what the current of each output is multiplied, whichever of its columns are sensed; empty for nothing
/// @param in rows x k, of the volts that are wanted
/// @param out k x columns, in siemens
public record Compensation(float[] rows, float[] outputs, float[][] in, float[][] out) {
  /// Nothing to give back.
  public static final Compensation NONE = new Compensation(new float[0][], new float[0][]);

  public Compensation {
    for (float[] row : in) {
      if (row.length != out.length) {
        throw new IllegalArgumentException(
            "a correction by %d products has %d".formatted(out.length, row.length));
      }
    }
    for (float factor : rows) {
      if (!(factor > 0 && factor <= 1)) {
        throw new IllegalArgumentException(
            "volts may shrink by a factor above 0 and up to 1, not %g".formatted(factor));
      }
    }
  }

  /// Products to add, and no factors.
  public Compensation(float[][] in, float[][] out) {
    this(new float[0], new float[0], in, out);
  }

  /// Number of products.
  public int rank() {
    return out.length;
  }

  /// Multiplications for one vector.
  public long multiplications(int outputs) {
    return rows.length + this.outputs.length + (long) rank() * (in.length + outputs);
  }
}
