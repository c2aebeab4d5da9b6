package org.mortal.bench.calibrate;

import org.mortal.chip.calibrated.InputBend;

/// What the stage of drives finds.
///
/// @param rows one for each row
/// @param bow of a usual row, as a parabola
/// @param skew of a usual row, as an S
/// @param bowSpread of rows around it, standard deviation; 0 where they differ by no more than chance
/// @param skewSpread the same of the S
record Drives(InputBend[] rows, double bow, double skew, double bowSpread, double skewSpread) {}
