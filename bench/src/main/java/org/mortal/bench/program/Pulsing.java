package org.mortal.bench.program;

import org.mortal.chip.PulseTrain;

/// How cells are pulsed during one pass; remembers of each cell what it must.
public interface Pulsing {

  /// What a cell that is out of tolerance gets next.
  ///
  /// @param cell its row-major index
  /// @param errorSiemens its target less what it was measured at
  /// @param siemens what it was measured at
  Shot next(int cell, double errorSiemens, double siemens);

  /// A train of pulses of one rung, within the array's limits.
  ///
  /// @param counts one for each cell
  PulseTrain train(short[] counts, int rung);
}
