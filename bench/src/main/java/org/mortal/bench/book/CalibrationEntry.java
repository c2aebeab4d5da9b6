package org.mortal.bench.book;

import com.fasterxml.jackson.annotation.JsonRawValue;

/// A calibration of the book.
///
/// @param id the first digits of its digest
/// @param runId of the run that made it, or null
/// @param target what was calibrated
/// @param made time of the book
/// @param expires time of the book, or null where it does not
/// @param kelvin the chip's temperature, or null where nobody knows
/// @param sha256 of its content, as the file states it, in hexadecimal digits
/// @param quality figures by name, as JSON
public record CalibrationEntry(
    String id,
    String chipId,
    String runId,
    String target,
    String made,
    String expires,
    String firmwareHash,
    Double kelvin,
    String file,
    String sha256,
    @JsonRawValue String quality) {}
