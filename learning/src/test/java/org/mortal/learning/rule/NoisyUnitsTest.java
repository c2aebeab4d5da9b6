package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Deltas;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.learning.rule.Boltzmann.Chains;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Units are on as often, and estimates what, [TinyMachine] works out by going through all states.
class NoisyUnitsTest {
  private static final int EXAMPLES = 20_000;

  /// Five standard errors of a share among so many examples.
  private static final double SHARE = 5 * 0.5 / Math.sqrt(EXAMPLES);

  private static final float[] STATE = {1, 0, 1};
  private static final float[] HIDDEN = {1, 0, 1};

  private final TinyMachine machine = new TinyMachine();

  private static INDArray repeated(float[] row) {
    return Tensors.zeros(EXAMPLES, row.length).addiRowVector(TinyMachine.row(row));
  }

  @Test
  void hiddenUnitsAreOnAsOftenAsTheNoiseSays() {
    NoisyUnits units = new NoisyUnits(machine.network(Kernels.select(1)), 0);
    double[] expected = machine.hidden(STATE);
    double[] found = units.hidden(repeated(STATE)).mean(0).toDoubleVector();
    assertArrayEquals(expected, found, SHARE);
    assertEquals(1, found[0], "always on");
  }

  @Test
  void centredUnitsAreAsOftenOnAsOff() {
    NoisyUnits units = new NoisyUnits(machine.network(Kernels.select(1)), 0);
    units.centre(repeated(STATE));
    // A gain unlike 1 leaves some of what was to be taken away.
    assertArrayEquals(
        new double[] {1, 0.5, 0.5}, units.hidden(repeated(STATE)).mean(0).toDoubleVector(), 0.2);
  }

  @Test
  void visibleUnitsAreOnAsOftenAsTheNoiseSays() {
    NoisyUnits units = new NoisyUnits(machine.network(Kernels.select(1)), 0);
    double[] found = units.visible(repeated(HIDDEN)).mean(0).toDoubleVector();
    assertArrayEquals(machine.visible(HIDDEN), found, SHARE);
  }

  @Test
  void freeChainsUnlearnWhatTheyComeToFromNothing() {
    double[] blank = new double[TinyMachine.STATES];
    blank[0] = 1;
    assertEstimate(Chains.FREE, 4, machine.run(blank, 4));
  }

  @Test
  void contrastiveDivergenceUnlearnsWhatTheyComeToFromTheExamples() {
    for (int sweeps : new int[] {1, 3}) {
      assertEstimate(Chains.FROM_DATA, sweeps, machine.run(TinyMachine.DATA, sweeps));
    }
  }

  /// @param running how likely each state of the visible units is where the chains end
  private void assertEstimate(Chains chains, int sweeps, double[] running) {
    Network network = machine.network(Kernels.select(1));
    Deltas deltas =
        new Boltzmann(chains, sweeps).estimate(network, TinyMachine.examples(EXAMPLES), null);
    double[][] clamped = machine.together(TinyMachine.DATA);
    double[][] free = machine.together(running);
    double largest = 0;
    for (int i = 0; i <= TinyMachine.VISIBLE; i++) {
      for (int j = 0; j < TinyMachine.HIDDEN; j++) {
        // The last row is that of the biases.
        double found =
            i < TinyMachine.VISIBLE
                ? deltas.layer(0).weights().getDouble(i, j)
                : deltas.layer(0).bias().getDouble(0, j);
        assertEquals(free[i][j] - clamped[i][j], found, 2 * SHARE, i + ", " + j);
        largest = Math.max(largest, Math.abs(found));
      }
    }
    assertEquals(true, largest > 8 * SHARE, "nothing to tell apart: " + largest);
  }

  @Test
  void threadsChangeNoBit() {
    Minibatch batch = TinyMachine.examples(500);
    INDArray one = estimate(batch, 1);
    INDArray three = estimate(batch, 3);
    assertArrayEquals(one.data().asFloat(), three.data().asFloat());
  }

  private INDArray estimate(Minibatch batch, int threads) {
    Network network = machine.network(Kernels.select(threads));
    return new Boltzmann(Chains.FREE).estimate(network, batch, null).layer(0).weights();
  }

  /// The states themselves have no share of a seed: a bank without noise answers the same each time.
  @Test
  void withoutNoiseNothingIsRandom() {
    Network network = TinyMachine.network(List.of(3, 3, 2), 0, Kernels.select(1), machine);
    INDArray states = new NoisyUnits(network, 0).run(50, 5);
    for (int n = 1; n < 50; n++) {
      assertEquals(states.getRow(0), states.getRow(n));
    }
  }
}
