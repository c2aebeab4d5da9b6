package org.mortal.sim;

import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.Numbers;

/// What operations cost in time and energy, by stated figures; cells are charged by their own currents.
///
/// @param readSeconds one vector through one array, settling and conversion included; a multiplexer's own times count instead
/// @param dacJoules one row driven
/// @param adcJoules one output converted
public record Cost(double readSeconds, double dacJoules, double adcJoules) {
  public Cost {
    Numbers.requireNotNegative("readSeconds", readSeconds);
    Numbers.requireNotNegative("dacJoules", dacJoules);
    Numbers.requireNotNegative("adcJoules", adcJoules);
  }

  /// One vector through one array.
  double vectorSeconds(SenseAmplifier sense, int outputs) {
    return sense.multiplexer() == null ? readSeconds : sense.multiplexer().readSeconds(outputs);
  }

  /// How long the rows are driven for it: where samples are held, until they are taken.
  double drivenSeconds(SenseAmplifier sense) {
    return sense.multiplexer() == null ? readSeconds : sense.multiplexer().settleSeconds();
  }
}
