package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.nd4j.linalg.api.ndarray.INDArray;

class LossesTest {
  private final INDArray logits = Fixture.random(5, 4, new Philox(1)).muli(3);
  private final INDArray targets = Fixture.batch(5, 1, 4, 2).targets();

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] result = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      result[c] = Math.exp(logits[c]);
      sum += result[c];
    }
    for (int c = 0; c < logits.length; c++) {
      result[c] /= sum;
    }
    return result;
  }

  @Test
  void agreesWithDoubles() {
    float[][] rows = logits.toFloatMatrix();
    INDArray probabilities = Losses.softmax(logits);
    INDArray error = Losses.crossEntropyError(logits, targets);
    double loss = 0;
    for (int n = 0; n < 5; n++) {
      double[] expected = softmax(rows[n]);
      for (int c = 0; c < 4; c++) {
        float target = targets.getFloat(n, c);
        assertEquals(expected[c], probabilities.getFloat(n, c), 1e-6);
        assertEquals((expected[c] - target) / 5, error.getFloat(n, c), 1e-6);
        loss -= target * Math.log(expected[c]) / 5;
      }
    }
    assertEquals(loss, Losses.crossEntropy(logits, targets), 1e-6);
    assertArrayEquals(rows, logits.toFloatMatrix(), "the logits themselves stay");
  }

  @Test
  void theErrorIsTheSlopeOfTheLoss() {
    INDArray error = Losses.crossEntropyError(logits, targets);
    for (int n = 0; n < 5; n++) {
      for (int c = 0; c < 4; c++) {
        INDArray above = logits.dup();
        INDArray below = logits.dup();
        above.putScalar(n, c, logits.getFloat(n, c) + 1e-2);
        below.putScalar(n, c, logits.getFloat(n, c) - 1e-2);
        double slope =
            (Losses.crossEntropy(above, targets) - Losses.crossEntropy(below, targets)) / 2e-2;
        assertEquals(slope, error.getFloat(n, c), 1e-4);
      }
    }
  }

  @Test
  void extremeLogitsStayFinite() {
    INDArray extreme =
        Tensors.copy(Batch.of(new float[][] {{1e4f, -1e4f, 0}, {3e38f, 3e38f, -3e38f}}));
    INDArray wanted = Tensors.copy(Batch.of(new float[][] {{0, 1, 0}, {0.5f, 0.5f, 0}}));
    float[][] probabilities = Losses.softmax(extreme).toFloatMatrix();
    assertArrayEquals(new float[] {1, 0, 0}, probabilities[0]);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0}, probabilities[1]);
    double loss = Losses.crossEntropy(extreme, wanted);
    assertEquals((-Math.log(1e-12) + Math.log(2)) / 2, loss, 1e-5);
    INDArray error = Losses.crossEntropyError(extreme, wanted);
    assertArrayEquals(new float[] {0.5f, -0.5f, 0}, error.toFloatMatrix()[0]);
  }

  @Test
  void aSumTooSmallForOneKeepsItsShare() {
    INDArray even = Tensors.zeros(1, 1000);
    INDArray probabilities = Losses.softmax(even);
    assertEquals(1e-3, probabilities.getFloat(0, 999), 1e-8);
    assertTrue(Math.abs(probabilities.sumNumber().doubleValue() - 1) < 1e-4);
  }
}
