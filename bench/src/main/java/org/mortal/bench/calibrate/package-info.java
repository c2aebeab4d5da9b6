/// Calibration: what a chip's converters, lines and cells are, measured through the port alone, stage by stage.
package org.mortal.bench.calibrate;
