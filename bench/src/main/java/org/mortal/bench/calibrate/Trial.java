package org.mortal.bench.calibrate;

/// What pulses show of each cell.
///
/// @param stuck cells that did not answer
/// @param stepSiemens change by one nominal pulse; 0 where stuck
/// @param strayedSiemens how far cells are from where they were before, once they were brought back, root mean square
record Trial(boolean[][] stuck, Packed stepSiemens, double strayedSiemens) {}
