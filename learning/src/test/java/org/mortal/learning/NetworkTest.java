package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.task.DataSet;
import org.mortal.tile.TileBank;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {
  private static final List<Integer> SIZES = List.of(6, 8, 5, 3);
  private static final Coupling COUPLING = new Coupling.Scaled(0.5);
  private static final Dropout DROPOUT = new Dropout(0.25, 0.5);

  private final Minibatch batch = Fixture.batch(40, 6, 3, 1);

  private static Network exact(Dropout dropout) {
    return Fixture.network(Fixture.exactBank(SIZES), 3, COUPLING, dropout);
  }

  @Test
  void shapesComeFromSizes() {
    assertEquals(
        List.of(new TileBank.Shape(6, 8), new TileBank.Shape(8, 5)), Network.shapes(SIZES));
    assertEquals(
        "layers [6, 3]: give at least inputs, one hidden layer and classes, for example"
            + " 784,256,10",
        assertThrows(LearningException.class, () -> Network.shapes(List.of(6, 3))).getMessage());
    assertThrows(LearningException.class, () -> Network.shapes(List.of(6, 0, 3)));
  }

  @Test
  void firstWeightsHaveTheirSpread() {
    TileBank bank = Fixture.exactBank(List.of(100, 200, 2));
    Network network = new Network(bank, 2, COUPLING, Dropout.NONE, 1, Fixture.KERNELS);
    network.initialise(1.5, new Philox(4));
    double squares = 0;
    for (float[] row : bank.tiles().getFirst().measureWeights(1).toArrays()) {
      for (float weight : row) {
        squares += weight * weight / 20_000;
      }
    }
    // Of 20000 draws the root mean square is known to half a percent.
    assertEquals(0.15, Math.sqrt(squares), 0.003);
  }

  /// The outputs of one layer in doubles.
  private static double[][] outputs(Network network, int k, double[][] inputs) {
    float[][] weights = network.layer(k).tile().measureWeights(1).toArrays();
    float[] bias = network.layer(k).tile().bias();
    double[][] outputs = new double[inputs.length][bias.length];
    for (int n = 0; n < inputs.length; n++) {
      for (int j = 0; j < bias.length; j++) {
        outputs[n][j] = bias[j];
        for (int i = 0; i < weights.length; i++) {
          outputs[n][j] += inputs[n][i] * weights[i][j];
        }
      }
    }
    return outputs;
  }

  private static double[][] doubles(INDArray matrix) {
    return matrix.castTo(DataType.DOUBLE).toDoubleMatrix();
  }

  @Test
  void evaluationDropsNothingAndScalesByWhatTrainingKeeps() {
    Network network = exact(DROPOUT);
    Activations pass = network.evaluate(batch.inputs());
    double[][] inputs = doubles(batch.inputs());
    for (double[] row : inputs) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= 0.75;
      }
    }
    int active = 0;
    for (int k = 0; k < 2; k++) {
      assertNear(inputs, pass.input(k));
      double[][] outputs = outputs(network, k, inputs);
      assertNear(outputs, pass.output(k));
      inputs = new double[40][outputs[0].length];
      for (int n = 0; n < 40; n++) {
        for (int j = 0; j < outputs[n].length; j++) {
          double activity = Math.max(outputs[n][j], 0);
          active += activity > 0 ? 1 : 0;
          assertEquals(0.5 * activity, pass.hidden(k).getFloat(n, j), 1e-5);
          inputs[n][j] = 0.5 * Math.min(activity / 0.5, 1);
        }
      }
    }
    assertTrue(active > 100, active + " active units");
  }

  private static void assertNear(double[][] expected, INDArray actual) {
    for (int n = 0; n < expected.length; n++) {
      for (int j = 0; j < expected[n].length; j++) {
        assertEquals(expected[n][j], actual.getFloat(n, j), 1e-5);
      }
    }
  }

  @Test
  void trainingDropsHiddenUnitsAndScalesNothing() {
    Network network = exact(DROPOUT);
    Activations pass = network.forward(batch);
    assertNear(doubles(batch.inputs()), pass.input(0));
    assertNear(outputs(network, 0, doubles(batch.inputs())), pass.output(0));
    int dropped = 0;
    int active = 0;
    for (int n = 0; n < 40; n++) {
      for (int j = 0; j < 8; j++) {
        float hidden = pass.hidden(0).getFloat(n, j);
        float output = pass.output(0).getFloat(n, j);
        assertTrue(hidden == 0 || hidden == output);
        assertEquals(hidden > 0 ? 1 : 0, pass.gate(0).getFloat(n, j));
        assertEquals(Math.min(hidden / 0.5f, 1), pass.input(1).getFloat(n, j), 1e-6);
        active += output > 0 ? 1 : 0;
        dropped += output > 0 && hidden == 0 ? 1 : 0;
      }
    }
    assertEquals(0.5, (double) dropped / active, 2.0 / Math.sqrt(active));
  }

  @Test
  void masksBelongToTheExample() {
    Network network = exact(DROPOUT);
    float[][] first = network.forward(batch).hidden(0).toFloatMatrix();
    assertArrayEquals(first, network.forward(batch).hidden(0).toFloatMatrix());
    Minibatch later = new Minibatch(batch.inputs(), batch.labels(), batch.targets(), 20);
    assertFalse(Arrays.deepEquals(first, network.forward(later).hidden(0).toFloatMatrix()));
    // Rows 20 on of the first batch are the same examples as rows 0 on of one that begins there.
    Minibatch tail =
        new Minibatch(
            DataSet.rows(batch.inputs(), 20, 40),
            Arrays.copyOfRange(batch.labels(), 20, 40),
            DataSet.rows(batch.targets(), 20, 40),
            20);
    float[][] again = network.forward(tail).hidden(0).toFloatMatrix();
    assertArrayEquals(Arrays.copyOfRange(first, 20, 40), again);
  }

  @Test
  void aResumedPassReadsOnlyTheLayersBehind() {
    Network network = exact(new Dropout(0, 0.5));
    Activations clean = network.forward(batch).copy();
    long before = network.bank().usage().queries();
    Activations same = network.resume(clean, 0, (_, _) -> {});
    assertEquals(40L * (network.depth() - 1), network.bank().usage().queries() - before);
    assertNear(doubles(clean.hidden(network.depth() - 1)), same.hidden(network.depth() - 1));
    Activations silent =
        network.resume(
            clean,
            0,
            (k, outputs) -> {
              if (k == 0) {
                outputs.copyFrom(Batch.zeros(outputs.rows(), outputs.columns()));
              }
            });
    assertEquals(0, silent.hidden(0).sumNumber().doubleValue());
    assertThrows(IllegalArgumentException.class, () -> network.resume(silent, 0, (_, _) -> {}));
  }

  @Test
  void aProbeIsABiasForOneQuery() {
    Network network = exact(Dropout.NONE);
    double[][] plain = doubles(network.forward(batch).output(0));
    float[] probe = {1, 0, 0, 0, 0, 0, 0, -2};
    INDArray row = Nd4j.createFromArray(new float[][] {probe});
    Activations probed = network.forward(batch, k -> k == 0 ? row : null);
    INDArray alone = network.probe(0, batch.inputs(), row);
    for (int n = 0; n < 40; n++) {
      for (int j = 0; j < 8; j++) {
        assertEquals(plain[n][j] + probe[j], probed.output(0).getFloat(n, j), 1e-5);
        assertEquals(plain[n][j] + probe[j], alone.getFloat(n, j), 1e-5);
      }
    }
    assertNear(plain, network.forward(batch).output(0));
  }

  @Test
  void jitterMovesWeightsByCounts() {
    for (TileBank bank :
        List.of(
            Fixture.exactBank(SIZES),
            new QuirkyTileBank(Network.shapes(SIZES), 2, 0, Fixture.KERNELS))) {
      Network network = Fixture.network(bank, 3);
      assertEquals(
          bank.name().equals("exact") ? 0.002 : QuirkyTileBank.STEP, network.jitterStep(1));
      float[][] before = bank.tiles().get(1).measureWeights(1).toArrays();
      short[] counts = new short[8 * 5];
      counts[0] = 3;
      counts[39] = -2;
      network.jitter(1, counts);
      float[][] after = bank.tiles().get(1).measureWeights(1).toArrays();
      assertEquals(before[0][0] + 3 * network.jitterStep(1), after[0][0], 1e-6);
      assertEquals(before[7][4] - 2 * network.jitterStep(1), after[7][4], 1e-6);
      assertEquals(before[3][2], after[3][2]);
    }
  }

  @Test
  void anotherNetworkTakesOverWhatWasLearned() {
    Network network = exact(Dropout.NONE);
    Network copy =
        new Network(Fixture.exactBank(SIZES), 3, COUPLING, Dropout.NONE, 9, Fixture.KERNELS);
    float[][] logits =
        network.lastHead().logits(network.evaluate(batch.inputs()).hidden(1)).toFloatMatrix();
    Learned.copy(network, copy, 1, 0.01);
    assertArrayEquals(
        logits, copy.lastHead().logits(copy.evaluate(batch.inputs()).hidden(1)).toFloatMatrix());
    network.lastHead().weights().assign(0);
    assertTrue(copy.lastHead().weights().getFloat(0, 0) != 0, "a copy, not a view");
    copy.jitter(0, ones(6 * 8));
    assertFalse(
        Arrays.deepEquals(network.exactWeights(0).toArrays(), copy.exactWeights(0).toArrays()));
  }

  @Test
  void savesWhatWasLearned(@TempDir Path folder) throws IOException {
    Network network = exact(Dropout.NONE);
    Learned.save(network, folder);
    for (int k = 0; k < 2; k++) {
      String name = "layer-" + (k + 1) + "-";
      Layer layer = network.layer(k);
      assertArrayEquals(
          layer.tile().measureWeights(1).toArrays(), read(folder, name + "weights.npy"));
      assertArrayEquals(new float[][] {layer.tile().bias()}, read(folder, name + "bias.npy"));
      assertArrayEquals(
          layer.head().weights().toFloatMatrix(), read(folder, name + "head-weights.npy"));
      assertArrayEquals(layer.head().bias().toFloatMatrix(), read(folder, name + "head-bias.npy"));
    }
  }

  private static short[] ones(int count) {
    short[] counts = new short[count];
    Arrays.fill(counts, (short) 1);
    return counts;
  }

  private static float[][] read(Path folder, String name) {
    return Nd4j.createFromNpyFile(folder.resolve(name).toFile()).toFloatMatrix();
  }

  @Test
  void deltasComeEmpty() {
    Network network = exact(Dropout.NONE);
    network.deltas().openLayer(0);
    network.deltas().openHead(1);
    Deltas deltas = network.deltas();
    assertFalse(deltas.hasLayer(0) || deltas.hasHead(1));
    assertDoesNotThrow(() -> network.forward(batch), "all is granted until a rule asks");
  }
}
