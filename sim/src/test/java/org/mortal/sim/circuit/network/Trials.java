package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.Stream;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;
import org.mortal.sim.device.Selector;

/// Cells, laws and wires to try circuits with.
final class Trials {
  private Trials() {}

  static Stream<Conduction> oddLaws() {
    return Stream.of(new Conduction.Ohmic(), new Conduction.Sinh(0.25), Selector.of(1, 1e-4, 1e4));
  }

  static Stream<Conduction> laws() {
    return Stream.concat(oddLaws(), Stream.of(Cubic.milo()));
  }

  static Stream<Wires> wires() {
    return Stream.of(
        Wires.PERFECT,
        Wires.uniform(1),
        new Wires(0, 0, 100, 30, 0),
        new Wires(2, 0.7, 0, 12, 0),
        new Wires(0, 3, 10, 0, 0),
        new Wires(5, 0, 0, 0, 0));
  }

  /// Cells spread evenly over decades.
  static double[] siemens(int cells, double least, double most, long seed) {
    Philox random = new Philox(Philox.key(seed, cells));
    double[] siemens = new double[cells];
    Arrays.setAll(siemens, cell -> least * Math.pow(most / least, random.nextDouble()));
    return siemens;
  }

  /// Voltages of either sign, with every third line floating.
  static double[] volts(int lines, double most, long seed) {
    Philox random = new Philox(Philox.key(seed, lines));
    double[] volts = new double[lines];
    Arrays.setAll(volts, line -> most * (2 * random.nextDouble() - 1));
    for (int line = 2; line < lines; line += 3) {
      volts[line] = Double.NaN;
    }
    return volts;
  }
}
