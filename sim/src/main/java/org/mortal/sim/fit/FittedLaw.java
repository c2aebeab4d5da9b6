package org.mortal.sim.fit;

import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Window;

/// A law fitted to measured pulses.
///
/// @param law with its noise from pulse to pulse
/// @param window its levels in siemens
/// @param rmseSiemens root mean square of what the law's mean steps leave unexplained
/// @param criterion Bayesian information criterion; the least is the best
public record FittedLaw(UpdateLaw law, Window window, double rmseSiemens, double criterion) {}
