package org.mortal.bench.calibrate.score;

import org.mortal.chip.calibrated.WireFit;
import org.mortal.sim.SimChip;
import org.mortal.sim.circuit.Wires;

/// What was found too much about the resistances of lines, in ohms; nothing found counts as perfect wires.
///
/// @param rowDriverOhms found minus true
/// @param rowSegmentOhms found minus true
/// @param columnSegmentOhms found minus true
/// @param columnTerminalOhms found minus true
public record WireScore(
    double rowDriverOhms,
    double rowSegmentOhms,
    double columnSegmentOhms,
    double columnTerminalOhms) {

  /// @param found null for nothing
  static WireScore of(SimChip chip, WireFit found) {
    Wires wires = chip.truthWires();
    WireFit fit = found == null ? new WireFit(0, 0, 0, 0, new double[4]) : found;
    return new WireScore(
        fit.rowDriver() - wires.rowDriverOhms(),
        fit.rowSegment() - wires.rowSegmentOhms(),
        fit.columnSegment() - wires.columnSegmentOhms(),
        fit.columnTerminal() - wires.columnTerminalOhms());
  }
}
