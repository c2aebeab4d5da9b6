/// Simulated chips: a profile holds the statistics of a technology, a seed makes one chip of it.
///
/// [org.mortal.sim.SimCrossbar] is where a read and a pulse happen; device physics are in `device`, converters and sense
/// amplifiers in `circuit`.
package org.mortal.sim;
