package org.mortal.bench.twin;

/// What reads say of all cells of an array, rows x columns.
///
/// @param siemens mean of the reads
/// @param variance of one read, in siemens squared
/// @param reads of each cell
record CellReads(float[][] siemens, float[][] variance, int reads) {

  /// Mean over all cells of the variance of the mean.
  double meanVariance() {
    double sum = 0;
    int count = 0;
    for (float[] row : variance) {
      for (float one : row) {
        sum += one;
        count++;
      }
    }
    return sum / count / reads;
  }
}
