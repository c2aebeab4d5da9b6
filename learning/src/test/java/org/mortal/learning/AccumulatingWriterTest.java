package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.tile.Capability;
import org.mortal.tile.TileBank;

/// Optimisers and writing, by what reaches the weights.
class AccumulatingWriterTest {
  /// 33 rows: more than one piece of work.
  private static final List<Integer> SIZES = List.of(33, 5, 4, 3);

  private static final double RATE = 0.01;

  private static final Recipe SGD =
      Recipe.STANDARD.withWriting(new Writing.Accumulated(Optimiser.Kind.SGD, 1)).withRate(RATE);

  private final Philox random = new Philox(31);

  private static QuirkyTileBank quirky() {
    return new QuirkyTileBank(Network.shapes(SIZES), 2, 0, Fixture.KERNELS);
  }

  private static float[][] weights(TileBank bank, int k) {
    return bank.tiles().get(k).measureWeights(1).toArrays();
  }

  private Deltas randomDeltas(Network network, RandomGenerator from) {
    Deltas deltas = network.deltas();
    for (int k = 0; k < network.depth(); k++) {
      int inputs = network.layer(k).tile().inputs();
      int outputs = network.layer(k).tile().outputs();
      deltas.openLayer(k).weights().assign(Fixture.random(inputs, outputs, from));
      deltas.openLayer(k).bias().assign(Fixture.random(1, outputs, from));
      deltas.openHead(k).weights().assign(Fixture.random(outputs, 3, from));
      deltas.openHead(k).bias().assign(Fixture.random(1, 3, from));
    }
    return deltas;
  }

  @Test
  void pulsesAndWhatIsPendingAreAllSteps() {
    QuirkyTileBank bank = quirky();
    Network network = Fixture.network(bank, 3);
    Writer writer = Writing.writer(network, SGD);
    double[][] wanted = doubles(weights(bank, 0));
    for (int step = 0; step < 300; step++) {
      Deltas deltas = randomDeltas(network, random);
      float[][] gradient = deltas.layer(0).weights().toFloatMatrix();
      double share = step % 2 == 0 ? 1 : 0.25;
      writer.write(deltas, share);
      float[][] now = weights(bank, 0);
      for (int i = 0; i < 33; i++) {
        for (int j = 0; j < 5; j++) {
          wanted[i][j] -= RATE * share * gradient[i][j];
          double pending = wanted[i][j] - now[i][j];
          assertTrue(Math.abs(pending) < QuirkyTileBank.STEP * 1.001, "pending " + pending);
        }
      }
    }
  }

  /// With nothing to learn, what is left after n steps is (1 - rate decay)ⁿ of each weight, of heads too, but not of biases.
  @Test
  void decayingWeightsShrinkByTheSameShareEachStep() {
    TileBank bank = Fixture.exactBank(SIZES);
    Network network = Fixture.network(bank, 3);
    float[] bias = bank.tiles().getFirst().bias().clone();
    float[][] before = weights(bank, 0);
    float[][] head = network.layer(0).head().weights().dup().toFloatMatrix();
    Writing.Accumulated plain = new Writing.Accumulated(Optimiser.Kind.SGD, 1);
    Writer writer = Writing.writer(network, SGD.withWriting(plain.withDecay(2)));
    for (int step = 0; step < 20; step++) {
      Deltas deltas = network.deltas();
      deltas.openLayer(0).weights().assign(0);
      deltas.openLayer(0).bias().assign(0);
      deltas.openHead(0).weights().assign(0);
      deltas.openHead(0).bias().assign(0);
      writer.write(deltas, 1);
    }
    double left = Math.pow(1 - 2 * RATE, 20);
    for (int j = 0; j < 5; j++) {
      assertEquals(left * before[32][j], weights(bank, 0)[32][j], 1e-6);
    }
    assertEquals(left * head[1][2], network.layer(0).head().weights().getFloat(1, 2), 1e-6);
    assertArrayEquals(bias, bank.tiles().getFirst().bias());
  }

  @Test
  void aSharedRateIsDividedByTheRootOfTheWeights() {
    TileBank bank = Fixture.exactBank(SIZES);
    Network network = Fixture.network(bank, 3);
    Writer writer =
        Writing.writer(
            network,
            SGD.withWriting(new Writing.Accumulated(Optimiser.Kind.SGD, 1).withShared(true)));
    float[][] before = weights(bank, 0);
    Deltas deltas = network.deltas();
    deltas.openLayer(0).weights().assign(2);
    deltas.openLayer(0).bias().assign(0);
    writer.write(deltas, 1);
    assertEquals(-2 * RATE / Math.sqrt(33 * 5), weights(bank, 0)[7][3] - before[7][3], 1e-6);
  }

  @Test
  void stepsBelowAPulseAddUp() {
    QuirkyTileBank bank = quirky();
    Network network = Fixture.network(bank, 3);
    Writer writer = Writing.writer(network, SGD);
    float[][] before = weights(bank, 1);
    for (int step = 0; step < 1000; step++) {
      Deltas deltas = network.deltas();
      // 0.05 of a pulse at a time.
      deltas.openLayer(1).weights().assign(-0.05 * QuirkyTileBank.STEP / RATE);
      writer.write(deltas, 1);
    }
    float[][] after = weights(bank, 1);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        double pulses = (after[i][j] - before[i][j]) / QuirkyTileBank.STEP;
        assertEquals(50, pulses, 1.01);
        assertEquals(Math.rint(pulses), pulses, 1e-3, "whole pulses");
      }
    }
  }

  @Test
  void betweenWritesTheChipIsLeftAlone() {
    QuirkyTileBank bank = quirky();
    Network network = Fixture.network(bank, 3);
    Writer writer =
        Writing.writer(network, SGD.withWriting(new Writing.Accumulated(Optimiser.Kind.SGD, 3)));
    double[][] wanted = doubles(weights(bank, 0));
    long pulses = bank.usage().pulses();
    for (int call = 1; call <= 9; call++) {
      Deltas deltas = randomDeltas(network, random);
      float[][] gradient = deltas.layer(0).weights().toFloatMatrix();
      for (int i = 0; i < 33; i++) {
        for (int j = 0; j < 5; j++) {
          wanted[i][j] -= RATE * gradient[i][j];
        }
      }
      float[][] head = network.layer(0).head().weights().toFloatMatrix();
      writer.write(deltas, 1);
      assertEquals(call % 3 == 0, bank.usage().pulses() > pulses, "call " + call);
      pulses = bank.usage().pulses();
      float moved = network.layer(0).head().weights().getFloat(0, 0) - head[0][0];
      assertEquals(-RATE * deltas.head(0).weights().getFloat(0, 0), moved, 1e-6);
    }
    float[][] now = weights(bank, 0);
    for (int i = 0; i < 33; i++) {
      for (int j = 0; j < 5; j++) {
        assertEquals(wanted[i][j], now[i][j], QuirkyTileBank.STEP * 1.001);
      }
    }
  }

  @Test
  void exactTilesBiasesAndHeadsTakeEachStep() {
    TileBank bank = Fixture.exactBank(SIZES);
    Network network = Fixture.network(bank, 3);
    Writer writer = Writing.writer(network, SGD);
    for (int k = 0; k < 2; k++) {
      double[][] weights = doubles(weights(bank, k));
      double[][] bias = doubles(new float[][] {bank.tiles().get(k).bias()});
      double[][] head = doubles(network.layer(k).head().weights().toFloatMatrix());
      double[][] headBias = doubles(network.layer(k).head().bias().toFloatMatrix());
      Deltas deltas = randomDeltas(network, random);
      writer.write(deltas, 0.5);
      assertStepped(weights, deltas.layer(k).weights().toFloatMatrix(), weights(bank, k));
      float[][] biasNow = {bank.tiles().get(k).bias()};
      assertStepped(bias, deltas.layer(k).bias().toFloatMatrix(), biasNow);
      Head now = network.layer(k).head();
      assertStepped(head, deltas.head(k).weights().toFloatMatrix(), now.weights().toFloatMatrix());
      assertStepped(headBias, deltas.head(k).bias().toFloatMatrix(), now.bias().toFloatMatrix());
    }
  }

  private static void assertStepped(double[][] before, float[][] gradient, float[][] after) {
    for (int i = 0; i < before.length; i++) {
      for (int j = 0; j < before[i].length; j++) {
        assertEquals(before[i][j] - RATE * 0.5 * gradient[i][j], after[i][j], 1e-6);
      }
    }
  }

  @Test
  void whatARuleLeavesOutIsNotWritten() {
    TileBank bank = Fixture.exactBank(SIZES);
    Network network = Fixture.network(bank, 3);
    Writer writer = Writing.writer(network, SGD);
    float[][] before = weights(bank, 1);
    float[] bias = bank.tiles().get(1).bias();
    float[][] head = network.layer(1).head().weights().toFloatMatrix();
    Deltas deltas = network.deltas();
    deltas.openLayer(0).weights().assign(1);
    deltas.openHead(0).weights().assign(1);
    writer.write(deltas, 1);
    assertArrayEquals(before, weights(bank, 1));
    assertArrayEquals(bias, bank.tiles().get(1).bias());
    assertArrayEquals(head, network.layer(1).head().weights().toFloatMatrix());
  }

  @Test
  void aChipWithoutBiasKeepsNone() {
    TileBank bank =
        new QuirkyTileBank(
            Network.shapes(SIZES), 2, 0, EnumSet.of(Capability.PULSES), Fixture.KERNELS);
    Network network = Fixture.network(bank, 3);
    float[] before = bank.tiles().get(0).bias();
    Writing.writer(network, SGD).write(randomDeltas(network, random), 1);
    assertArrayEquals(before, bank.tiles().get(0).bias());
  }

  @Test
  void adamIsThatOfThePaper() {
    TileBank bank = Fixture.exactBank(SIZES);
    Network network = Fixture.network(bank, 3);
    Writer writer =
        Writing.writer(network, SGD.withWriting(new Writing.Accumulated(Optimiser.Kind.ADAM, 1)));
    double weight = weights(bank, 0)[32][4];
    double first = 0;
    double second = 0;
    for (int step = 1; step <= 50; step++) {
      Deltas deltas = randomDeltas(network, random);
      double gradient = deltas.layer(0).weights().getFloat(32, 4);
      writer.write(deltas, 1);
      first = 0.9 * first + 0.1 * gradient;
      second = 0.99 * second + 0.01 * gradient * gradient;
      double corrected = first / (1 - Math.pow(0.9, step));
      double scale = Math.sqrt(second / (1 - Math.pow(0.99, step))) + 1e-8;
      weight -= RATE * corrected / scale;
      assertEquals(weight, weights(bank, 0)[32][4], 1e-5, "step " + step);
    }
  }

  private static double[][] doubles(float[][] values) {
    double[][] copy = new double[values.length][values[0].length];
    for (int i = 0; i < copy.length; i++) {
      for (int j = 0; j < copy[i].length; j++) {
        copy[i][j] = values[i][j];
      }
    }
    return copy;
  }
}
