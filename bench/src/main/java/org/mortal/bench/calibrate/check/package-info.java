/// Whether calibrations still hold: against their chips, and against each other.
package org.mortal.bench.calibrate.check;
