package org.mortal.kernel;

import java.util.Arrays;

/// Plain loops: the portable twin that every faster product is held against, and the fallback where no library loads.
public final class PlainProducts implements Products {

  @Override
  public void multiply(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.rows(), b.columns(), c);
    accumulate(a.toArrays(), b.toArrays(), c);
  }

  @Override
  public void multiplyLeftTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.columns(), a.rows(), b.rows(), b.columns(), c);
    accumulate(transpose(a), b.toArrays(), c);
  }

  @Override
  public void multiplyRightTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.columns(), b.rows(), c);
    accumulate(a.toArrays(), transpose(b), c);
  }

  @Override
  public String description() {
    return "plain Java loops";
  }

  private static void accumulate(float[][] a, float[][] b, Batch c) {
    float[] sums = new float[c.columns()];
    for (int i = 0; i < c.rows(); i++) {
      Arrays.fill(sums, 0f);
      for (int k = 0; k < b.length; k++) {
        float factor = a[i][k];
        float[] row = b[k];
        for (int j = 0; j < sums.length; j++) {
          sums[j] += factor * row[j];
        }
      }
      c.setRow(i, sums);
    }
  }

  private static float[][] transpose(Batch batch) {
    float[][] transposed = new float[batch.columns()][batch.rows()];
    float[] row = new float[batch.columns()];
    for (int r = 0; r < batch.rows(); r++) {
      batch.getRow(r, row);
      for (int c = 0; c < row.length; c++) {
        transposed[c][r] = row[c];
      }
    }
    return transposed;
  }
}
