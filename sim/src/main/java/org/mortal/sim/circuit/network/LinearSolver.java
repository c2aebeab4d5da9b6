package org.mortal.sim.circuit.network;

/// Solves the node equations of one array of ohmic cells, exactly.
///
/// A solver keeps its work space and serves one thread at a time. Nodes as in [NodeEquations].
public interface LinearSolver {

  NodeEquations equations();

  /// Takes new cells; the solutions from now on are theirs.
  ///
  /// @param cellSiemens `rows * columns`, 0 or more, row by row; copied
  void conductances(double[] cellSiemens);

  /// Finds the voltages at which the currents at every node add up to zero.
  ///
  /// A group of lines that cells connect with each other but with nothing driven has no defined voltage: its first
  /// line is tied to ground by 1 ohm, so that it lies at 0 V if nothing is injected.
  ///
  /// @param amps injected at each node, those of the driven lines included: see [NodeEquations#inject]; kept
  /// @param volts in: a first guess, which may be zeros, and where a source holds a node without any resistance, its
  ///     voltage; out: the solution
  /// @throws ArithmeticException if the solver cannot reach its accuracy
  void solve(double[] amps, double[] volts);
}
