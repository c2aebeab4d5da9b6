/// Calibrations as files, and the chips that they are of.
package org.mortal.bench.calibrate.file;
