package org.mortal.sim.fit;

import org.mortal.sim.device.Conduction;

/// A law of conduction fitted to measured currents.
///
/// @param law with the figures that all devices share
/// @param rmse root mean square of what it leaves unexplained, in parts of each device's largest current
/// @param criterion Bayesian information criterion; the least is the best
public record FittedConduction(Conduction law, double rmse, double criterion) {}
