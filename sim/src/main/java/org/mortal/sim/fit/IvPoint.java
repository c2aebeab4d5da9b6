package org.mortal.sim.fit;

/// A current measured at a voltage.
///
/// @param device which device it is
public record IvPoint(String device, double volts, double amps) {}
