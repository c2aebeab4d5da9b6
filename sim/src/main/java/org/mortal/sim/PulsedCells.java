package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.sim.device.CellModel;

/// The cells of one array as every law of writing meets them.
///
/// @param quirks how cells differ
/// @param level of each cell, row by row; moved by pulses
/// @param key of the array's stream of write noise
/// @param normals draws it
record PulsedCells(
    ChipProfile profile, CellQuirks quirks, float[][] level, long key, Normals normals) {

  CellModel model() {
    return profile.cells();
  }

  Geometry geometry() {
    return profile.geometry();
  }

  /// How many nominal pulses one of that shape is worth.
  double strength(boolean set, double volts, double seconds) {
    return model().update().strength(set, volts, seconds, model().switching(), profile.write());
  }

  /// Draws a normal number for the step of each of `count` cells; leaves zeros where steps do not scatter.
  ///
  /// @param train running number of the train
  /// @param part of it, of which each has numbers of its own
  void draw(long train, int part, float[] drawn, int count) {
    draw(train, part, 0, drawn, count);
  }

  /// The same from number `first` of the part on, which begins a chunk of [Normals].
  void draw(long train, int part, int first, float[] drawn, int count) {
    if (model().update().cycleNoise() > 0) {
      normals.fill(key, (int) train, part, first, drawn, count);
    }
  }
}
