package org.mortal.bench.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Read;
import org.mortal.kernel.Philox;

/// Codes are undone exactly, and weigh noise as they promise.
class CodeTest {
  private static final int ROWS = 21;

  /// What an output without noise reads in one pass.
  private static double[] pass(Code code, double[] siemens, double offset) {
    float[][] shares = code.shares();
    double[] pass = new double[code.vectors()];
    for (int n = 0; n < pass.length; n++) {
      pass[n] = offset;
      for (int r = 0; r < siemens.length; r++) {
        pass[n] += shares[n][r] * siemens[r];
      }
    }
    return pass;
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "3, 0, 0.5", "7, 0.01, 1", "31, 0.01, 0.5", "1, 0.01, 1"})
  void whatIsCodedIsDecoded(int block, float low, float high) {
    Code code = new Code(Read.Sense.ALL, ROWS, block, low, high);
    Philox random = new Philox(Philox.key(block));
    double[] siemens = random.doubles(ROWS).toArray();
    // Held rows are taken off by vectors that drive none, and any offset with them.
    double[] decoded = code.decode(pass(code, siemens, low > 0 ? 5 : 0));
    for (int r = 0; r < ROWS; r++) {
      assertEquals((high - low) * siemens[r], decoded[r], 1e-6);
    }
  }

  @Test
  void aBlockWeighsNoiseDown() {
    Code code = new Code(Read.Sense.ALL, 7, 7, 0, 1);
    double squares = 0;
    for (int n = 0; n < code.vectors(); n++) {
      double[] one = new double[code.vectors()];
      one[n] = 1;
      squares += Math.pow(code.decode(one)[3], 2);
    }
    assertEquals(4.0 * 7 / 64, squares, 1e-12);
  }

  @Test
  void blocksAreOfSizesThatThereAre() {
    assertThrows(IllegalArgumentException.class, () -> new Code(Read.Sense.ALL, ROWS, 4, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Code(Read.Sense.ALL, ROWS, 3, 0.5f, 0.5f));
  }
}
