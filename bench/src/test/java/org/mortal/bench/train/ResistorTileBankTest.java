package org.mortal.bench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.ArrayCircuit;
import org.mortal.sim.circuit.network.Solution;
import org.mortal.sim.circuit.network.Terminals;
import org.mortal.sim.device.Conduction;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightUpdate;

/// A circuit of resistors that settles as a whole, and coupled learning on it.
class ResistorTileBankTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;
  private static final int OUTPUTS = 2;
  private static final double UNIT = 100e-6;
  private static final double STEP = 1e-3;
  private static final float[] X = {0.2f, 0.9f, 0.5f};
  private static final float[] HELD = {0.7f, 0.35f};

  private static ResistorTileBank bank() {
    ResistorTileBank bank =
        new ResistorTileBank(
            List.of(new TileBank.Shape(INPUTS, HIDDEN), new TileBank.Shape(HIDDEN, OUTPUTS)));
    Philox random = new Philox(3);
    for (Tile tile : bank.tiles()) {
      Batch weights = Batch.zeros(tile.inputs(), tile.outputs());
      for (int i = 0; i < tile.inputs(); i++) {
        for (int j = 0; j < tile.outputs(); j++) {
          weights.set(i, j, (float) (0.4 * random.nextGaussian()));
        }
      }
      tile.apply(new WeightUpdate.Program(weights, 0));
    }
    return bank;
  }

  /// The circuit by the solver of arrays, in watts for a volt and 100 µS.
  private static Solution solution(ResistorTileBank bank, double[] outputs) {
    double[] siemens = new double[(2 * INPUTS + OUTPUTS) * HIDDEN];
    Batch lower = bank.tiles().get(0).measureWeights(1);
    Batch upper = bank.tiles().get(1).measureWeights(1);
    for (int h = 0; h < HIDDEN; h++) {
      for (int i = 0; i < INPUTS; i++) {
        siemens[2 * i * HIDDEN + h] = UNIT * (1 + lower.get(i, h));
        siemens[(2 * i + 1) * HIDDEN + h] = UNIT * (1 - lower.get(i, h));
      }
      for (int o = 0; o < OUTPUTS; o++) {
        siemens[(2 * INPUTS + o) * HIDDEN + h] = UNIT * (1 + upper.get(h, o));
      }
    }
    return new ArrayCircuit(2 * INPUTS + OUTPUTS, HIDDEN, Wires.uniform(1), new Conduction.Ohmic())
        .solve(siemens, terminals(outputs));
  }

  private static Terminals terminals(double[] outputs) {
    double[] rows = new double[2 * INPUTS + OUTPUTS];
    for (int i = 0; i < INPUTS; i++) {
      rows[2 * i] = X[i];
      rows[2 * i + 1] = 1 - X[i];
    }
    System.arraycopy(outputs, 0, rows, 2 * INPUTS, OUTPUTS);
    double[] columns = new double[HIDDEN];
    Arrays.fill(columns, Double.NaN);
    return new Terminals(rows, columns);
  }

  private static double power(ResistorTileBank bank, double[] outputs) {
    return solution(bank, outputs).watts(terminals(outputs)) / UNIT;
  }

  private static void assertSlopes(Batch held, double[] outputs) {
    ResistorTileBank bank = bank();
    List<Batch> slopes = bank.powerSlopes(Batch.of(new float[][] {X}), held);
    for (int k = 0; k < 2; k++) {
      Tile tile = bank.tiles().get(k);
      for (int i = 0; i < tile.inputs(); i++) {
        for (int j = 0; j < tile.outputs(); j++) {
          double above = power(moved(k, i, j, STEP), outputs);
          double below = power(moved(k, i, j, -STEP), outputs);
          assertEquals((above - below) / (2 * STEP), slopes.get(k).get(i, j), 2e-3);
        }
      }
    }
  }

  private static ResistorTileBank moved(int k, int i, int j, double step) {
    ResistorTileBank bank = bank();
    Tile tile = bank.tiles().get(k);
    Batch change = Batch.zeros(tile.inputs(), tile.outputs());
    change.set(i, j, (float) step);
    tile.apply(new WeightUpdate.Increment(change));
    return bank;
  }

  @Test
  void powerSlopesAreDifferencesOfThePowerThatSourcesDeliver() {
    assertSlopes(null, new double[] {Double.NaN, Double.NaN});
    assertSlopes(Batch.of(new float[][] {HELD}), new double[] {HELD[0], HELD[1]});
  }

  @Test
  void outputsThatAreHeldWhereTheyAreTakeNoPower() {
    ResistorTileBank bank = bank();
    Batch hidden = Batch.zeros(1, HIDDEN);
    Batch outputs = Batch.zeros(1, OUTPUTS);
    bank.tiles().get(0).forward(Batch.of(new float[][] {X}), hidden);
    bank.tiles().get(1).forward(hidden, outputs);
    double free = power(bank, new double[] {Double.NaN, Double.NaN});
    assertEquals(free, power(bank, new double[] {outputs.get(0, 0), outputs.get(0, 1)}), 1e-6);
    assertTrue(power(bank, new double[] {HELD[0], HELD[1]}) > free + 0.01);
  }

  @Test
  void coupledLearningTellsPatternsApart() {
    Task task = new Task("patterns", patterns(200, 1), patterns(50, 2), patterns(200, 3), 8, 1);
    LearningRule rule = Rules.named("coupled-learning", Rules.Options.STANDARD);
    Recipe recipe = rule.recipe().withBatch(20);
    Kernels kernels = Kernels.select(1);
    TileBank bank = new ResistorTileBank(Network.shapes(List.of(8, 6, 4, 4)));
    Network network = Trainer.network(bank, 4, recipe, 1, kernels);
    double error =
        new Trainer(rule, network, recipe, 1)
            .train(task, new Trainer.Budget.Epochs(8), new Trainer.Listener() {}, () -> false)
            .testError();
    // Chance is 0.75.
    assertTrue(error < 0.2, "error " + error);
  }

  /// Four patterns of eight bits, one bit in twenty wrong.
  private static DataSet patterns(int size, long seed) {
    Philox random = new Philox(seed);
    float[][] inputs = new float[size][8];
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(4);
      for (int i = 0; i < 8; i++) {
        int bit = i / 2 == labels[n] ? 1 : 0;
        inputs[n][i] = random.nextDouble() < 0.05 ? 1 - bit : bit;
      }
    }
    return new DataSet(Tensors.copy(Batch.of(inputs)), labels, 4);
  }

  @Test
  void hasTwoLayers() {
    String message =
        assertThrows(
                LearningException.class,
                () -> new ResistorTileBank(Network.shapes(List.of(8, 4, 4))))
            .getMessage();
    assertTrue(message.contains("two layers, not 1"), message);
  }
}
