package lab.ci;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.sim.junit.ChipTest;
import org.mortal.tile.Tile;
import org.mortal.tile.WeightUpdate;

/// What a layer of a network must do for us: multiply, on whatever chip it lies.
class ProductTest {
  private static final double LEAST_CORRELATION = 0.8;
  private Batch weights;

  @BeforeEach
  void program(Tile tile) {
    weights = uniform(1, tile.inputs(), tile.outputs(), -1, 1);
    tile.apply(new WeightUpdate.Program(weights, 0.05));
  }

  /// Each output has a gain and an offset of its own, which a network learns to live with; but it must follow the product.
  @ChipTest(chips = "sim:hfox?seed=1..10&rows=64&columns=64", inputs = 48, outputs = 10)
  void outputsFollowTheProduct(Tile tile) {
    Batch x = uniform(2, 200, tile.inputs(), 0, 1);
    Batch y = Batch.zeros(x.rows(), tile.outputs());
    tile.forward(x, y);
    for (int j = 0; j < y.columns(); j++) {
      double correlation = correlation(exact(x, j), column(y, j));
      assertTrue(
          correlation > LEAST_CORRELATION,
          "output %d follows with a correlation of %.3f".formatted(j, correlation));
    }
  }

  private double[] exact(Batch x, int output) {
    double[] products = new double[x.rows()];
    for (int n = 0; n < products.length; n++) {
      for (int i = 0; i < x.columns(); i++) {
        products[n] += x.get(n, i) * weights.get(i, output);
      }
    }
    return products;
  }

  private static double[] column(Batch batch, int column) {
    return IntStream.range(0, batch.rows()).mapToDouble(n -> batch.get(n, column)).toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = DoubleStream.of(a).average().orElseThrow();
    double meanB = DoubleStream.of(b).average().orElseThrow();
    double both = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int n = 0; n < a.length; n++) {
      both += (a[n] - meanA) * (b[n] - meanB);
      squaresA += Math.pow(a[n] - meanA, 2);
      squaresB += Math.pow(b[n] - meanB, 2);
    }
    return both / Math.sqrt(squaresA * squaresB);
  }

  /// Entries spread evenly, the same for the same key.
  private static Batch uniform(long key, int rows, int columns, double low, double high) {
    Philox random = new Philox(key);
    Batch batch = Batch.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        batch.set(r, c, (float) random.nextDouble(low, high));
      }
    }
    return batch;
  }
}
