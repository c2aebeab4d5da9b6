/// How near a calibration comes to the hidden truth of a simulated chip, and to what noise and quantisation leave to be had.
///
/// Nothing here takes part in calibrating: what is measured must not know what is true.
package org.mortal.bench.calibrate.score;
