/// Simulated chips: a profile holds the statistics of a technology, a seed makes one chip of it.
///
/// [org.mortal.sim.SimChip] is one chip and its clock. Reads go through `ArrayReads`, `ReadPath` and `ReadWork` to the cells'
/// `ArrayMap`; pulses through `CellArray` to one of the laws of `CellWriter`. Device physics are in `device`, what time does
/// to cells in `effect`, converters and amplifiers in `circuit`, arrays with wires in `circuit.network`.
package org.mortal.sim;
