package org.mortal.bench.run;

/// Which calibration a run went by.
///
/// @param id short name
/// @param sha256 of its content, as its file states it
/// @param file where it was
/// @param chipId of the chip
public record CalibrationMark(String id, String sha256, String file, String chipId) {}
