package org.mortal.bench.calibrate;

import java.util.List;
import org.mortal.bench.calibrate.wires.CellEstimates;
import org.mortal.bench.calibrate.wires.WireTask;

/// What pulses show of each cell.
///
/// @param stuck cells that did not answer
/// @param stepSiemens change by one nominal pulse; 0 where stuck
/// @param strayedSiemens how far cells are from where they were before, once they were brought back, root mean square
/// @param changes of the map of cells while some of them were pulsed
record Trial(boolean[][] stuck, Packed stepSiemens, double strayedSiemens, List<Change> changes) {

  /// Maps before and after some cells were pulsed.
  ///
  /// @param touched the pulsed ones
  record Change(
      Packed before, Packed beforeErrors, Packed after, Packed afterErrors, boolean[][] touched) {

    static Change of(CellFit.Estimates before, CellFit.Estimates after, boolean[][] touched) {
      return new Change(
          Packed.of(Floats.of(before.siemens())),
          Packed.of(Floats.of(before.errors())),
          Packed.of(Floats.of(after.siemens())),
          Packed.of(Floats.of(after.errors())),
          touched);
    }

    WireTask.Change forWires() {
      return new WireTask.Change(
          new CellEstimates(Floats.doubles(before), Floats.doubles(beforeErrors)),
          new CellEstimates(Floats.doubles(after), Floats.doubles(afterErrors)),
          touched);
    }
  }
}
