package org.mortal.bench.calibrate;

/// What the stage of lines finds.
///
/// @param idle share of the highest voltage that holds rows that are not to be driven: 0 where they are at ground anyway
/// @param settlingLeft share of what an output carried before that is left in a read; 0 where no such is seen
/// @param settlingError standard error of that
/// @param floating reads that show that rows float; null where they do not
record Lines(float idle, double settlingLeft, double settlingError, IdleRows floating) {}
