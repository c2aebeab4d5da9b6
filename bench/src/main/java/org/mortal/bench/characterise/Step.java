package org.mortal.bench.characterise;

/// One step of a plan, as data: done as a whole or not at all.
public sealed interface Step {

  /// Where in a characterisation a reading stands.
  ///
  /// @param cycle how many rounds came before
  /// @param pulses given to each cell in this phase so far
  /// @param pulseVolts amplitude of the last of them; 0 where there was none
  record Label(Phase phase, int cycle, int pulses, double pulseVolts) {
    static final Label AS_FOUND = new Label(Phase.AS_FOUND, 0, 0, 0);
  }

  /// What was done to cells before a reading.
  enum Phase {
    /// Nothing yet.
    AS_FOUND,
    /// Pulses that bring cells to where the measurement begins.
    PREPARED,
    /// SET pulses.
    SET,
    /// RESET pulses.
    RESET,
    /// A higher read voltage.
    UP,
    /// A lower read voltage.
    DOWN,
    /// A wait.
    WAITED,
    /// An interruption: read again before the run went on.
    RESUMED
  }

  /// The outputs with nothing driven: what is taken off later readings.
  record Offsets(int reads) implements Step {}

  /// A reading of every cell, each by its row alone.
  ///
  /// @param volts on that row
  /// @param reads how many times
  /// @param each whether every read is kept, or only their mean
  record Read(Label label, double volts, int reads, boolean each) implements Step {
    /// Readings that are kept.
    int kept() {
      return each ? reads : 1;
    }
  }

  /// Pulses to the cells.
  ///
  /// @param count SET pulses where positive, RESET pulses where negative
  /// @param grades 1 for the same number to each cell; else cells get from none to `count`, in so many grades along diagonals
  /// @param volts amplitude, positive
  /// @param seconds width of each
  /// @param belowSiemens cells whose last reading was at or above this are left out
  record Pulse(int count, int grades, double volts, double seconds, double belowSiemens)
      implements Step {
    /// What the cell gets that many diagonals from the region's corner.
    int countAt(int diagonal) {
      return grades == 1
          ? count
          : (int) Math.round((double) count * (diagonal % grades) / (grades - 1));
    }

    boolean conditional() {
      return belowSiemens < Double.POSITIVE_INFINITY;
    }
  }

  /// A time in which nothing is asked of the chip.
  record Wait(double seconds) implements Step {}
}
