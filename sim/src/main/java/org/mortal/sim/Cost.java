package org.mortal.sim;

/// What operations cost in time and energy, by stated figures; cells are charged by their own currents.
///
/// @param readSeconds one vector through one array, settling and conversion included
/// @param dacJoules one row driven
/// @param adcJoules one output converted
public record Cost(double readSeconds, double dacJoules, double adcJoules) {}
