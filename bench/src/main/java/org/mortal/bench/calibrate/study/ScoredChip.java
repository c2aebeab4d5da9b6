package org.mortal.bench.calibrate.study;

import org.mortal.bench.calibrate.score.Score;

/// How the calibration of one chip came out.
///
/// @param chip its serial number
/// @param success share of the outputs whose held-out error is what noise leaves
/// @param score against the hidden truth
/// @param seconds it took, of this machine
public record ScoredChip(String chip, double success, Score score, double seconds) {}
