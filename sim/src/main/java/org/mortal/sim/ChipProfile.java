package org.mortal.sim;

import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.WriteMode;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;

/// The statistics of a technology: everything about a chip but its seed.
///
/// @param name as in `sim:name`
/// @param description one line
/// @param source papers or data sheets behind the figures
/// @param geometry of each array
/// @param cells what the cells are made of
/// @param dac one for each row
/// @param sense one amplifier for each output
/// @param write the nominal pulse
/// @param cost figures for time and energy
public record ChipProfile(
    String name,
    String description,
    String source,
    Geometry geometry,
    CellModel cells,
    Dac dac,
    SenseAmplifier sense,
    WriteMode write,
    Cost cost) {
  /// Most pulses to one cell in one train.
  static final int MAX_PULSES = 1000;

  /// The same profile with arrays of another shape.
  public ChipProfile withGeometry(Geometry other) {
    return new ChipProfile(name, description, source, other, cells, dac, sense, write, cost);
  }

  /// The same profile with other cells.
  public ChipProfile withCells(CellModel other) {
    return new ChipProfile(name, description, source, geometry, other, dac, sense, write, cost);
  }

  /// What the port promises of such a chip.
  public Limits limits() {
    double fullScale =
        Double.isInfinite(sense.fullScaleAmps())
            ? geometry.rows() * dac.fullScaleVolts() * cells.maxSiemens()
            : sense.fullScaleAmps();
    return new Limits(
        dac.fullScaleVolts(),
        2 * Math.max(write.setVolts(), write.resetVolts()),
        100 * write.seconds(),
        MAX_PULSES,
        cells.minSiemens(),
        cells.maxSiemens(),
        sense.maxBiasAmps(),
        fullScale,
        write);
  }
}
