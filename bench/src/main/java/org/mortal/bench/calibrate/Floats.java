package org.mortal.bench.calibrate;

/// Numbers for files, and back.
final class Floats {
  private Floats() {}

  static float[][] of(double[][] values) {
    float[][] floats = new float[values.length][values[0].length];
    for (int r = 0; r < floats.length; r++) {
      for (int c = 0; c < floats[r].length; c++) {
        floats[r][c] = (float) values[r][c];
      }
    }
    return floats;
  }

  static double[][] doubles(Packed packed) {
    float[][] floats = packed.toArrays();
    double[][] doubles = new double[floats.length][floats[0].length];
    for (int r = 0; r < doubles.length; r++) {
      for (int c = 0; c < doubles[r].length; c++) {
        doubles[r][c] = floats[r][c];
      }
    }
    return doubles;
  }
}
