/// The periphery of an array: converters and sense amplifiers.
package org.mortal.sim.circuit;
