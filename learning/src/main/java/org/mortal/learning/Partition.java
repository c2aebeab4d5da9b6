package org.mortal.learning;

import org.mortal.kernel.Batch;

/// A first layer in two parts that share nothing: some inputs reach some units alone, the others the others.
///
/// Both lie on one tile, whose other weights start at 0 and are not written.
///
/// @param inputs how many of the first inputs belong to the first part
/// @param outputs how many of the first units do
public record Partition(int inputs, int outputs) {
  public Partition {
    if (inputs < 1 || outputs < 1) {
      throw new LearningException(
          "a part of %d inputs and %d units: give at least one of each".formatted(inputs, outputs));
    }
  }

  /// Whether input `i` and unit `j` belong together.
  boolean joins(int i, int j) {
    return i < inputs == j < outputs;
  }

  /// Sets to 0 what would join the parts.
  ///
  /// @param weights inputs x outputs of the layer
  void clear(Batch weights) {
    float[] row = new float[weights.columns()];
    for (int i = 0; i < weights.rows(); i++) {
      weights.getRow(i, row);
      for (int j = 0; j < row.length; j++) {
        row[j] = joins(i, j) ? row[j] : 0f;
      }
      weights.setRow(i, row);
    }
  }
}
