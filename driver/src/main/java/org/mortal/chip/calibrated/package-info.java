/// What was found out about one chip, and the chip behind it made to answer as if it had no quirks.
///
/// [org.mortal.chip.calibrated.Calibration] is data: who measures it is somebody else's business.
package org.mortal.chip.calibrated;
