package org.mortal.bench.program;

import org.mortal.chip.Crossbar;
import org.mortal.chip.ProgramVerify;
import org.mortal.kernel.Batch;

/// Measures cells by driving their rows one by one at the highest read voltage, with the offset taken off.
///
/// @param repeats reads averaged
record RowReads(Crossbar crossbar, int repeats) implements Verify {

  /// One row at a time never leaves the converters' range.
  @Override
  public float[] measure(float[] most) {
    return measure();
  }

  float[] measure() {
    return flat(new ProgramVerify(crossbar).measure(repeats));
  }

  static float[] flat(Batch batch) {
    float[] flat = new float[batch.rows() * batch.columns()];
    float[] row = new float[batch.columns()];
    for (int r = 0; r < batch.rows(); r++) {
      batch.getRow(r, row);
      System.arraycopy(row, 0, flat, r * row.length, row.length);
    }
    return flat;
  }
}
