package org.mortal.sim.circuit.network;

/// A circuit as [Newton] sees it: unknown voltages, the current left over at each, and the linear circuit nearby.
///
/// The unknowns are deviations from a guess that the network keeps, so that the small drops along a wire have digits of their own.
interface Unknowns {
  int unknowns();

  /// Writes into `amps` the current into each unknown node that the voltages leave over; zero everywhere is the solution.
  ///
  /// @return the largest, as a fraction of the currents of the cells on its line; not finite if a cell's current is not
  double surplus(double[] volts, double[] amps);

  /// Takes note that `volts` is where the descent has come to; it may move a part of them into its guess.
  void arrive(double[] volts);

  /// Solves the circuit of the slopes at the voltages last given to [#surplus]: which `step` takes up `amps`.
  void step(double[] amps, double[] step);
}
