package org.mortal.chip.calibrated;

import java.util.List;
import java.util.Map;

/// Everything that one calibration found out, and of which chip: it is worthless for any other.
///
/// @param chipId serial number of the chip
/// @param firmware what ran on its controller, with its version
/// @param firmwareHash that a change of firmware is seen by
/// @param rows of each array
/// @param columns of each array
/// @param target what was calibrated
/// @param options of the run, by name
/// @param kelvin the chip's temperature, or null where nobody knows
/// @param made ISO 8601, UTC
/// @param expires ISO 8601, UTC
/// @param gainReference whether gains were measured against a current of the board; where not, they are relative to each other
/// @param arrays those that were calibrated
public record Calibration(
    String chipId,
    String firmware,
    String firmwareHash,
    int rows,
    int columns,
    String target,
    Map<String, String> options,
    Double kelvin,
    String made,
    String expires,
    boolean gainReference,
    List<ArrayCalibration> arrays) {}
