package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.kernel.Philox;
import org.mortal.learning.Activations;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.nd4j.linalg.api.ndarray.INDArray;

class SlopeTableTest {
  private static final List<Integer> SIZES = List.of(20, 9, 6, 2);

  /// The amplifier of output j has slope `gain_j (1 - (output / S)²)`, which the table does not
  /// know and must find; saturation 1000 is as good as none.
  @ParameterizedTest
  @CsvSource({"2, 0", "2, 0.02", "3, 0.05", "1000, 0.02"})
  void recoversTheSlopeOfAnAmplifierThatSaturates(double saturation, double noise) {
    var bank = new QuirkyTileBank(Network.shapes(SIZES), saturation, noise, Fixture.KERNELS);
    Network network = Fixture.network(bank, 2, new Coupling.Scaled(2), Dropout.NONE);
    // Large weights: outputs from one end of the amplifier to the other.
    network.initialise(6, new Philox(61));
    Minibatch batch = Fixture.batch(400, 20, 2, 62);
    SlopeTable table = SlopeTable.measure(network, batch);
    Activations pass = network.forward(batch);
    double bentMost = 1;
    for (int k = 0; k < 2; k++) {
      INDArray delta = pass.output(k).dup().assign(3);
      table.apply(network, pass, k, delta);
      int outputs = network.layer(k).tile().outputs();
      double squares = 0;
      int active = 0;
      for (int n = 0; n < 400; n++) {
        for (int j = 0; j < outputs; j++) {
          double output = pass.output(k).getFloat(n, j);
          double slope = delta.getFloat(n, j) / 3;
          if (output <= 0) {
            assertEquals(0, slope, "a silent unit passes nothing");
            continue;
          }
          double bent = 1 - output * output / (saturation * saturation);
          double gain = QuirkyTileBank.gain(j, outputs);
          bentMost = Math.min(bentMost, bent);
          squares += Math.pow(slope - gain * Math.max(bent, 0), 2);
          active++;
          assertTrue(slope >= 0, "no neuron answers backwards: " + slope);
        }
      }
      assertTrue(active > 100, active + " active units");
      assertEquals(0, Math.sqrt(squares / active), 0.05, "layer " + k);
    }
    assertTrue(saturation == 1000 || bentMost < 0.3, "bent down to " + bentMost);
  }
}
