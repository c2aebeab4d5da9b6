package org.mortal.bench.calibrate;

import org.mortal.chip.calibrated.OutputCurve;

/// What the output stage finds.
///
/// @param curves one for each output
/// @param noiseAmps of one read of each output with nothing driven, at its input; steps of the converter are part of it
/// @param gainReference whether gains were measured against bias currents
/// @param share of the highest read voltage up to which random vectors stay well within full scale
record Outputs(OutputCurve[] curves, double[] noiseAmps, boolean gainReference, double share) {}
