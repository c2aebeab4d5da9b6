package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Something beside pulses that changes what the cells of one array conduct: drift, relaxation, temperature, wear …
///
/// An effect belongs to one array and holds the quirks and the state of all its cells. There are two kinds. What moves the
/// state of a cell, such as drift, works on levels ([#age]); the next pulse finds the cell where it has gone. What
/// only hides or colours the state, such as temperature, works on conductances ([#conduct], [#addVariance]).
///
/// Effects are applied one after the other, each to what the one before it made. All times are nanoseconds of the chip's
/// clock, which never runs backwards; all random numbers are addressed by the chip's seed, the cell and the running number of a
/// train or of a step in time. So rows may be asked for in any order and at any times, and as often as one likes.
///
/// One thread at a time.
public interface CellEffect {
  /// How much may change before rows are made anew: of a conductance, of a level's distance from rest, or of the window.
  double TOLERANCE = 1e-3;

  /// Moves the levels of one row to what time has made of them since they were written.
  ///
  /// @param written as the last write has left them
  /// @param levels to be changed in place
  default void age(int row, long nanos, float[] written, float[] levels) {}

  /// Whether [#age] does anything.
  default boolean ages() {
    return false;
  }

  /// Changes the conductances of one row from what they are without this effect to what they are with it.
  ///
  /// @param written levels as the last write has left them
  /// @param siemens one for each cell of the row, to be changed in place; may be longer than the row
  default void conduct(int row, long nanos, float[] written, float[] siemens) {}

  /// Adds the variance of this effect's share of the white read noise.
  ///
  /// @param written levels as the last write has left them
  /// @param siemens what the cells conduct, all effects included
  /// @param variance in siemens squared, one for each cell of the row, to be added to in place
  default void addVariance(
      int row, long nanos, float[] written, float[] siemens, float[] variance) {}

  /// Takes note that cells were pulsed, and may put levels back of those that do not answer.
  ///
  /// @param before levels of the pulsed cells, in the order of the writing, just before it
  /// @param levels of all cells after it, rows x columns
  default void written(Writing writing, float[] before, float[][] levels) {}

  /// Whether a cell has ceased to answer to pulses, or does not answer yet.
  default boolean stuck(int row, int column) {
    return false;
  }

  /// When this effect will have changed what the cells of a row conduct, or its share of the noise, by about [#TOLERANCE]
  /// more: later than `nanos`, and the same for all times until then; `Long.MAX_VALUE` if only writes change it.
  default long nextChange(long nanos) {
    return Long.MAX_VALUE;
  }

  /// Writes the state, but not what follows from profile and seed.
  default void save(DataOutput out) throws IOException {}

  /// Reads what [#save] has written.
  default void restore(DataInput in) throws IOException {}
}
