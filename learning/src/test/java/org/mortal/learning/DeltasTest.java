package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.nd4j.linalg.api.ndarray.INDArray;

class DeltasTest {
  private final Network network = Fixture.network(Fixture.exactBank(List.of(6, 4, 3, 2)), 2);
  private final Philox random = new Philox(41);

  /// Checks `gradient` against plain sums over the rows of all pairs of input and delta.
  private static void assertSums(Deltas.Gradient gradient, INDArray... pairs) {
    for (int j = 0; j < pairs[1].size(1); j++) {
      double bias = 0;
      for (int p = 0; p < pairs.length; p += 2) {
        for (int n = 0; n < pairs[p].size(0); n++) {
          bias += pairs[p + 1].getDouble(n, j);
        }
      }
      assertEquals(bias, gradient.bias().getFloat(0, j), 1e-4);
      for (int i = 0; i < pairs[0].size(1); i++) {
        double sum = 0;
        for (int p = 0; p < pairs.length; p += 2) {
          for (int n = 0; n < pairs[p].size(0); n++) {
            sum += pairs[p].getDouble(n, i) * pairs[p + 1].getDouble(n, j);
          }
        }
        assertEquals(sum, gradient.weights().getFloat(i, j), 1e-4);
      }
    }
  }

  @Test
  void aLayerIsInputTimesDelta() {
    Deltas deltas = network.deltas();
    INDArray input = Fixture.random(7, 4, random);
    INDArray delta = Fixture.random(7, 3, random);
    deltas.layer(1, input, delta);
    assertSums(deltas.layer(1), input, delta);
    assertTrue(deltas.hasLayer(1));
    assertFalse(deltas.hasLayer(0) || deltas.hasHead(1));
    INDArray other = Fixture.random(9, 4, random);
    INDArray otherDelta = Fixture.random(9, 3, random);
    deltas.layer(1, other, otherDelta);
    assertSums(deltas.layer(1), other, otherDelta);
  }

  @Test
  void batchesAddUp() {
    // Something left over from the step before, which must not count.
    network.deltas().layer(1, Fixture.random(7, 4, random), Fixture.random(7, 3, random));
    Deltas deltas = network.deltas();
    INDArray input = Fixture.random(7, 4, random);
    INDArray delta = Fixture.random(7, 3, random);
    INDArray other = Fixture.random(9, 4, random);
    INDArray otherDelta = Fixture.random(9, 3, random);
    deltas.addLayer(1, input, delta);
    assertSums(deltas.layer(1), input, delta);
    deltas.addLayer(1, other, otherDelta);
    assertSums(deltas.layer(1), input, delta, other, otherDelta);
  }

  @Test
  void aHeadIsHiddenTimesError() {
    Deltas deltas = network.deltas();
    INDArray hidden = Fixture.random(7, 3, random);
    INDArray error = Fixture.random(7, 2, random);
    deltas.head(1, hidden, error);
    assertSums(deltas.head(1), hidden, error);
    assertTrue(deltas.hasHead(1));
    assertFalse(deltas.hasLayer(1) || deltas.hasHead(0));
  }
}
