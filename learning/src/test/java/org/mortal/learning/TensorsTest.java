package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.kernel.Batch;
import org.mortal.learning.task.DataSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorsTest {
  /// Entry (i, j) is 10 i + j.
  private static INDArray counting(int rows, int columns) {
    INDArray matrix = Tensors.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.putScalar(i, j, 10 * i + j);
      }
    }
    return matrix;
  }

  @Test
  void oneMemoryTwoViews() {
    INDArray matrix = counting(3, 4);
    Batch batch = Tensors.batch(matrix);
    assertEquals(23, batch.get(2, 3));
    batch.set(1, 2, 99);
    assertEquals(99, matrix.getFloat(1, 2));
    matrix.putScalar(0, 1, -5);
    assertEquals(-5, batch.get(0, 1));
    matrix.muli(2);
    assertEquals(198, batch.get(1, 2));
  }

  @Test
  void aViewOfRowsIsSharedWhereItBegins() {
    INDArray matrix = counting(5, 3);
    INDArray rows = DataSet.rows(matrix, 2, 4);
    Batch batch = Tensors.batch(rows);
    assertArrayEquals(new float[][] {{20, 21, 22}, {30, 31, 32}}, batch.toArrays());
    batch.set(0, 0, 7);
    assertEquals(7, matrix.getFloat(2, 0));
    Batch again = Tensors.batch(DataSet.rows(rows, 1, 2));
    assertArrayEquals(new float[][] {{30, 31, 32}}, again.toArrays());
    again.set(0, 2, 8);
    assertEquals(8, matrix.getFloat(3, 2));
    INDArray interval = matrix.get(NDArrayIndex.interval(3, 5), NDArrayIndex.all());
    Tensors.batch(interval).set(1, 1, 9);
    assertEquals(9, matrix.getFloat(4, 1));
  }

  @Test
  void whatHasGapsOrAnotherTypeIsCopied() {
    INDArray matrix = counting(3, 4);
    INDArray columns = matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
    assertCopied(columns, new float[][] {{1, 2}, {11, 12}, {21, 22}});
    INDArray row = matrix.get(NDArrayIndex.interval(1, 2), NDArrayIndex.interval(0, 2));
    assertArrayEquals(new float[][] {{10, 11}}, Tensors.batch(row.reshape(1, 2)).toArrays());
    INDArray column = matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 3));
    assertCopied(column.reshape(3, 1), new float[][] {{2}, {12}, {22}});
    assertCopied(
        matrix.transpose(), new float[][] {{0, 10, 20}, {1, 11, 21}, {2, 12, 22}, {3, 13, 23}});
    INDArray doubles = matrix.castTo(DataType.DOUBLE);
    assertCopied(doubles, new float[][] {{0, 1, 2, 3}, {10, 11, 12, 13}, {20, 21, 22, 23}});
  }

  private static void assertCopied(INDArray matrix, float[][] expected) {
    Batch batch = Tensors.batch(matrix);
    assertArrayEquals(expected, batch.toArrays());
    batch.set(0, 0, -1);
    assertNotEquals(-1, matrix.getFloat(0, 0));
  }

  @Test
  void onlyMatricesAreBatches() {
    INDArray vector = Nd4j.createFromArray(1f, 2f);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Tensors.batch(vector)).getMessage();
    assertEquals("a batch is a matrix, not of rank 1", message);
  }

  @Test
  void aCopyIsItsOwn() {
    Batch batch = Batch.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
    INDArray copy = Tensors.copy(batch.columns(1, 3));
    assertArrayEquals(new float[][] {{2, 3}, {5, 6}}, Tensors.batch(copy).toArrays());
    batch.set(0, 1, 9);
    assertEquals(2, copy.getFloat(0, 0));
  }

  @Test
  void nd4jReadsWhatWasSaved(@TempDir Path folder) throws IOException {
    INDArray matrix = counting(3, 4).divi(7);
    Path file = folder.resolve("matrix.npy");
    Tensors.save(matrix, file);
    INDArray read = Nd4j.createFromNpyFile(file.toFile());
    assertEquals(DataType.FLOAT, read.dataType());
    assertArrayEquals(matrix.toFloatMatrix(), read.toFloatMatrix());
    Tensors.save(DataSet.rows(matrix, 1, 2), file);
    float[][] row = {matrix.toFloatMatrix()[1]};
    assertArrayEquals(row, Nd4j.createFromNpyFile(file.toFile()).toFloatMatrix());
  }
}
