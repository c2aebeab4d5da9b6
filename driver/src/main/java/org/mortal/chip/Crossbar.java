package org.mortal.chip;

import org.mortal.kernel.Batch;

/// One array of a chip.
///
/// Calls are made by one thread at a time for each chip. What is asked for is checked before anything happens: a refused
/// call has read nothing and pulsed nothing.
public interface Crossbar {

  Geometry geometry();

  Limits limits();

  /// Drives the rows with each input vector in turn and writes the output currents.
  ///
  /// @param amps n x the outputs to sense, from the first on, in amperes at the nominal gain of the sense amplifiers
  /// @throws ChipException if a voltage or bias is out of limits or not a number
  void read(Read read, Batch amps);

  /// The currents for a batch of row voltages, n x outputs in amperes.
  default Batch read(Batch rowVolts) {
    Batch amps = Batch.zeros(rowVolts.rows(), geometry().outputs());
    read(Read.of(rowVolts), amps);
    return amps;
  }

  /// Whether the array can be read the other way round, by [#readTransposed].
  default boolean canReadTransposed() {
    return false;
  }

  /// Drives the columns with each input vector in turn and writes the currents of the rows: the same cells multiply the other
  /// way round.
  ///
  /// @param amps n x the rows to sense, from the first on, in amperes at the nominal gain of the sense amplifiers
  /// @throws ChipException if a voltage is out of limits or not a number, or if the array cannot
  default void readTransposed(ColumnRead read, Batch amps) {
    throw new ChipException(
        new Fault.NoTransposedRead("nothing on the way to it can drive its columns"));
  }

  /// Applies a train of pulses; each is applied once.
  ///
  /// @throws ChipException if it exceeds a limit
  void pulse(PulseTrain train);

  /// Brings cells to target conductances by pulses and verifying reads, and says how it went for each cell.
  default ProgramResult program(ProgramRequest request) {
    return new ProgramVerify(this).run(request);
  }
}
