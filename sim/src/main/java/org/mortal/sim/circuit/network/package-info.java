/// An array as a resistor network: its node voltages and column currents, exactly.
///
/// For `rows x columns` cells, node `i * columns + j` is word line `i` at column `j`, and node `rows * columns + i *
/// columns + j` is bit line `j` at row `i`.
package org.mortal.sim.circuit.network;
