package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.tile.TileBank;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A layer read the other way round multiplies by its own weights, as far as the hardware does.
class TransposeTest {
  private static final List<Integer> SIZES = List.of(6, 8, 5, 3);
  private static final INDArray DELTA = Fixture.random(40, 5, new Philox(3));

  private static Batch product(Network network, INDArray delta) {
    Batch weights = network.layer(1).tile().measureWeights(1);
    Batch expected = Batch.zeros((int) delta.size(0), weights.rows());
    Fixture.KERNELS.products().multiplyRightTransposed(Tensors.batch(delta), weights, expected);
    return expected;
  }

  @Test
  void exactTilesMultiplyByTheirTransposedWeights() {
    Network network = Fixture.network(Fixture.exactBank(SIZES), 3);
    // A view with gaps and turned: the tile gets its entries all the same.
    INDArray turned = Fixture.random(5, 40, new Philox(4)).transpose();
    for (INDArray delta : List.of(DELTA, turned)) {
      INDArray inputs = network.transpose(1, delta);
      float[][] expected = product(network, delta).toArrays();
      for (int n = 0; n < expected.length; n++) {
        assertArrayEquals(expected[n], inputs.getRow(n).toFloatVector(), 1e-6f, "row " + n);
      }
    }
    assertEquals(80, network.bank().usage().queries());
  }

  /// Whatever the size of delta: the tile brings it to its own range.
  @Test
  void quirkyTilesDoSoWithinTheirQuirks() {
    for (double size : new double[] {1e-3, 1}) {
      TileBank bank = new QuirkyTileBank(Network.shapes(SIZES), 8, 0.02, Fixture.KERNELS);
      Network network = Fixture.network(bank, 3);
      INDArray delta = DELTA.mul(size);
      Batch expected = product(network, delta);
      Batch found = Tensors.batch(network.transpose(1, delta));
      double both = 0;
      double power = 0;
      for (int i = 0; i < 40 * 8; i++) {
        both += expected.get(i / 8, i % 8) * found.get(i / 8, i % 8);
        power += Math.pow(expected.get(i / 8, i % 8), 2);
      }
      assertEquals(1, both / power, 0.1, "for entries of " + size);
    }
  }
}
