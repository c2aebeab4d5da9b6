package org.mortal.chip.calibrated;

import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// What one array showed to a batch of vectors, to be made into the currents that were meant, in pieces of some vectors that may
/// be done side by side.
///
/// @param wanted as asked of the calibrated array
/// @param shown what its amplifiers showed, at least as wide as `amps`; may be the same memory
/// @param amps where the true currents go
/// @param scales of the outputs, which wires weaken; empty for none
/// @param lost what wires take away besides, or null for nothing
/// @param left share of what an output carried before that is left in a read
/// @param carried what each output carried last; of use where lines do not settle
/// @param factor of all conductances
record Correction(
    Kernels kernels,
    Read wanted,
    Batch shown,
    Batch amps,
    OutputCurves curves,
    float[] scales,
    Lost lost,
    float left,
    float[] carried,
    float factor) {
  /// Vectors in a piece.
  private static final int BLOCK = 64;

  /// A [Compensation] as one way of sensing sees it.
  ///
  /// @param in rows x k
  /// @param out k x outputs
  record Lost(Batch in, float[][] out) {}

  /// Where lines do not settle each vector needs the one before, and all are one piece.
  int pieces() {
    return left == 0 ? Math.ceilDiv(amps.rows(), BLOCK) : 1;
  }

  /// Does one piece.
  void correct(int piece) {
    if (left != 0) {
      correct(0, amps.rows());
    } else {
      correct(piece * BLOCK, Math.min((piece + 1) * BLOCK, amps.rows()));
    }
  }

  private void correct(int from, int to) {
    int count = shown.columns();
    float[] row = new float[count];
    float[] bias = new float[count];
    float[] missing = new float[lost == null ? 0 : lost.out().length];
    Batch products = lost == null ? null : products(from, to);
    for (int n = from; n < to; n++) {
      shown.getRow(n, row);
      curves.toLines(row, count);
      getBias(n, bias);
      addScaled(row, -1, bias, count);
      if (left != 0) {
        takeOffCarried(row);
      }
      for (int j = 0; j < count && scales.length > 0; j++) {
        row[j] *= scales[j];
      }
      if (products != null) {
        products.getRow(n - from, missing);
        for (int k = 0; k < missing.length; k++) {
          addScaled(row, (float) (missing[k] * wanted.voltsPerUnit()), lost.out()[k], count);
        }
      }
      if (factor != 1) {
        scale(row, count);
      }
      addScaled(row, 1, bias, count);
      amps.setRow(n, row);
    }
  }

  private Batch products(int from, int to) {
    Batch inputs = wanted.inputs().rows(from, to);
    Batch products = Batch.zeros(to - from, lost.in().columns());
    kernels.single().multiplyRows(inputs, lost.in().rows(0, inputs.columns()), products);
    return products;
  }

  /// A bias joins the current of the line at its amplifier: it neither settles nor passes the wires.
  private void getBias(int n, float[] bias) {
    if (wanted.biasAmps() != null) {
      wanted.biasAmps().getRow(wanted.biasesDiffer() ? n : 0, bias);
    }
  }

  private void takeOffCarried(float[] row) {
    float perShare = 1 / (1 - left);
    for (int j = 0; j < carried.length; j++) {
      float now = row[j];
      row[j] = (now - left * carried[j]) * perShare;
      carried[j] = now;
    }
  }

  private void scale(float[] row, int count) {
    for (int j = 0; j < count; j++) {
      row[j] *= factor;
    }
  }

  private static void addScaled(float[] row, float share, float[] other, int count) {
    for (int j = 0; j < count; j++) {
      row[j] += share * other[j];
    }
  }
}
