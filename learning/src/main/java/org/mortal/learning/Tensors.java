package org.mortal.learning;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mortal.kernel.Batch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The border between Nd4j's tensors and the batches of the port: one memory, two views.
public final class Tensors {
  private Tensors() {}

  /// A float32 matrix of zeros, row-major.
  public static INDArray zeros(int rows, int columns) {
    return Nd4j.zeros(DataType.FLOAT, rows, columns);
  }

  /// The matrix as a batch: the same memory where it is float32 and row-major without gaps, else a copy.
  public static Batch batch(INDArray matrix) {
    if (matrix.rank() != 2) {
      throw new IllegalArgumentException("a batch is a matrix, not of rank " + matrix.rank());
    }
    int rows = (int) matrix.size(0);
    int columns = (int) matrix.size(1);
    boolean shared =
        matrix.dataType() == DataType.FLOAT
            && (columns == 1 || matrix.stride(1) == 1)
            && (rows == 1 || matrix.stride(0) == columns);
    INDArray source = shared ? matrix : matrix.castTo(DataType.FLOAT).dup('c');
    return Batch.wrap(rows, columns, segment(source, (long) rows * columns), source);
  }

  /// Writes a matrix as `.npy`.
  ///
  /// @throws IOException if the file cannot be written
  public static void save(INDArray matrix, Path file) throws IOException {
    // A copy: of a view Nd4j would write the rows that its whole begins with.
    Files.write(file, Nd4j.toNpyByteArray(matrix.dup('c')));
  }

  /// A copy of a batch as a tensor.
  public static INDArray copy(Batch batch) {
    INDArray matrix = zeros(batch.rows(), batch.columns());
    batch(matrix).copyFrom(batch);
    return matrix;
  }

  /// A copy of some rows of a matrix, in the order asked for.
  public static INDArray rows(INDArray matrix, int[] rows) {
    INDArray picked = zeros(rows.length, (int) matrix.size(1));
    Batch from = batch(matrix);
    Batch to = batch(picked);
    float[] row = new float[from.columns()];
    for (int n = 0; n < rows.length; n++) {
      from.getRow(rows[n], row);
      to.setRow(n, row);
    }
    return picked;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(INDArray matrix, long floats) {
    // A view's buffer answers with the address of the whole, and its offset in entries.
    long address = matrix.data().address() + matrix.data().offset() * Float.BYTES;
    return MemorySegment.ofAddress(address).reinterpret(floats * Float.BYTES);
  }
}
