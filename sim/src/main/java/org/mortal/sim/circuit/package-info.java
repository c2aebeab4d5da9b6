/// The periphery of an array: row drivers, sense amplifiers and converters with their errors, and the wires' resistances.
package org.mortal.sim.circuit;
