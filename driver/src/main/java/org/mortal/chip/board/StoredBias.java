package org.mortal.chip.board;

import java.util.Arrays;
import org.mortal.kernel.Batch;

/// The bias currents that a board keeps: one array's at a time, until it restarts.
final class StoredBias {
  private int array = -1;
  private float[] amps = {};

  boolean holds(int wantedArray, float[] wanted) {
    return array == wantedArray && Arrays.equals(amps, wanted);
  }

  void store(int newArray, float[] newAmps) {
    array = newArray;
    amps = newAmps;
  }

  void forget() {
    array = -1;
  }

  /// The only row of `bias`.
  static float[] row(Batch bias) {
    float[] row = new float[bias.columns()];
    bias.getRow(0, row);
    return row;
  }
}
