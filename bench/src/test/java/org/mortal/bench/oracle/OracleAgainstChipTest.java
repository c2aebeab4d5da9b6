package org.mortal.bench.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.kernel.Batch;
import org.mortal.learning.Coupling;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.tile.Tile;

/// The oracle's forward function against the chip's own answers.
class OracleAgainstChipTest {
  private static final List<Integer> SIZES = List.of(20, 10, 6, 3);
  private static final int REPEATS = 3000;

  /// Converter steps on average, where noise of more than a step blurs them, and the bend of the
  /// amplifier under that noise: 0.02 µA of the 40 µA that make a unit.
  private static final double BLUR = 5e-4;

  @ParameterizedTest
  @ValueSource(strings = {"sim:hfox", "sim:hfox-harsh"})
  void theMeanOfManyReadsIsWhatTheOracleSays(String chip) {
    String address = chip + "?seed=3&rows=8&columns=8";
    try (Setup setup = Setup.of(address, SIZES, new Coupling.Scaled(1.5), 4)) {
      GradientOracle oracle = setup.oracle();
      Tile tile = setup.network().layer(0).tile();
      Batch inputs = Tensors.batch(setup.randomBatch(4, 8).inputs());
      double[][] expected = oracle.tile(0).forward(Doubles.of(inputs)).outputs();
      double[][] mean = new double[4][10];
      double[][] squares = new double[4][10];
      Batch outputs = Batch.zeros(4, 10);
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        tile.forward(inputs, outputs);
        double[][] seen = Doubles.of(outputs);
        for (int n = 0; n < 4; n++) {
          for (int j = 0; j < 10; j++) {
            mean[n][j] += seen[n][j] / REPEATS;
            squares[n][j] += seen[n][j] * seen[n][j] / REPEATS;
          }
        }
      }
      int rowBlocks = oracle.tile(0).gains().length;
      for (int n = 0; n < 4; n++) {
        for (int j = 0; j < 10; j++) {
          double variance = squares[n][j] - mean[n][j] * mean[n][j];
          assertTrue(variance > 0, "reads are noisy");
          double bound = 5 * Math.sqrt(variance / REPEATS) + rowBlocks * BLUR;
          assertEquals(expected[n][j], mean[n][j], bound, "vector " + n + ", output " + j);
          assertTrue(bound < 0.02, "the bound says something: " + bound);
        }
      }
    }
  }

  @Test
  void withoutNoiseAWholeNetworkIsWhatTheOracleSays() {
    try (Setup setup = Setup.of("sim:ideal?rows=8&columns=8", SIZES, new Coupling.Scaled(1.5), 4)) {
      Network network = setup.network();
      Minibatch batch = setup.randomBatch(16, 9);
      GradientOracle.Pass pass = setup.oracle().forward(batch);
      for (int k = 0; k < network.depth(); k++) {
        double[][] hidden = Doubles.of(Tensors.batch(network.forward(batch).hidden(k)));
        for (int n = 0; n < hidden.length; n++) {
          for (int j = 0; j < hidden[n].length; j++) {
            assertEquals(pass.hidden().get(k)[n][j], hidden[n][j], 1e-5);
          }
        }
      }
    }
  }

  @Test
  void theOracleKeepsWhatItSaw() {
    try (Setup setup = Setup.of("sim:ideal?rows=8&columns=8", SIZES, new Coupling.Scaled(1.5), 4)) {
      Minibatch batch = setup.randomBatch(16, 9);
      GradientOracle before = setup.oracle();
      double[][][] gradient = before.global(batch);
      short[] pulses = new short[20 * 10];
      java.util.Arrays.fill(pulses, (short) 30);
      setup.network().jitter(0, pulses);
      assertEquals(0, distance(gradient, before.global(batch)));
      assertTrue(distance(gradient, setup.oracle().global(batch)) > 1e-3);
    }
  }

  private static double distance(double[][][] one, double[][][] other) {
    double most = 0;
    for (int k = 0; k < one.length; k++) {
      for (int i = 0; i < one[k].length; i++) {
        for (int j = 0; j < one[k][i].length; j++) {
          most = Math.max(most, Math.abs(one[k][i][j] - other[k][i][j]));
        }
      }
    }
    return most;
  }
}
