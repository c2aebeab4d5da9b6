package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Something beside pulses that changes what the cells of one array conduct: drift, relaxation, temperature, wear …
///
/// An effect belongs to one array and holds the quirks and the state of all its cells, of which there are none where the
/// profile does not ask for it. Effects are applied one after the other, each to what the one before it made. All times are nanoseconds
/// of the chip's clock, which never runs backwards; all random numbers are addressed by the chip's seed, the cell and the running
/// number of a train or of a step in time, never by how often the effect was asked.
///
/// One thread at a time.
public interface CellEffect {

  /// Carries into the levels what the time up to now has done to them, because the cells are about to be pulsed.
  ///
  /// @param writing which cells, and when
  /// @param levels of all cells, rows x columns, to be changed in place
  default void settle(Writing writing, float[][] levels) {}

  /// Takes note that cells were pulsed.
  ///
  /// @param levels of all cells after the pulses
  default void written(Writing writing, float[][] levels) {}

  /// Changes the conductances of one row from what they are without this effect to what they are with it.
  ///
  /// @param siemens one for each cell of the row, to be changed in place; may be longer than the row
  default void conduct(int row, long nanos, float[] siemens) {}

  /// Adds the variance of this effect's share of the white read noise.
  ///
  /// @param siemens what the cells conduct, all effects included
  /// @param variance in siemens squared, one for each cell of the row, to be added to in place
  default void scatter(int row, long nanos, float[] siemens, float[] variance) {}

  /// Whether [#scatter] adds anything.
  default boolean scatters() {
    return false;
  }

  /// When [#conduct] and [#scatter] will have changed enough to be asked again, later than `nanos`; `Long.MAX_VALUE` if
  /// only writes change them.
  default long nextChange(long nanos) {
    return Long.MAX_VALUE;
  }

  /// Writes the state, but not what follows from profile and seed.
  default void save(DataOutput out) throws IOException {}

  /// Reads what [#save] has written.
  default void restore(DataInput in) throws IOException {}
}
