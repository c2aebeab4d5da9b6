package org.mortal.sim;

import java.util.Objects;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.WriteMode;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.Saturation;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Conduction;

/// The statistics of a technology: everything about a chip but its seed. A profile is a plain file; see [ProfileFile].
///
/// @param name as in `sim:name`
/// @param description one line
/// @param source papers or data sheets behind the figures
/// @param geometry of each array
/// @param cells what the cells are made of
/// @param wiring how the cells hang together; perfect wires and a transistor at each cell where absent
/// @param dac one for each row
/// @param sense one amplifier for each output
/// @param write the nominal pulse
/// @param cost figures for time and energy
/// @param ambient the chip's temperature; a steady 300 K where absent
/// @param twin what one chip was measured to be, if this profile is of that chip alone; null where a seed draws quirks
public record ChipProfile(
    String name,
    String description,
    String source,
    Geometry geometry,
    CellModel cells,
    Wiring wiring,
    Dac dac,
    SenseAmplifier sense,
    WriteMode write,
    Cost cost,
    Ambient ambient,
    Twin twin) {
  /// Most pulses to one cell in one train.
  static final int MAX_PULSES = 1000;

  public ChipProfile {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(description, "description is missing");
    Objects.requireNonNull(source, "source is missing");
    Objects.requireNonNull(geometry, "section geometry is missing");
    Objects.requireNonNull(cells, "section cells is missing");
    wiring = Objects.requireNonNullElse(wiring, Wiring.PERFECT);
    Objects.requireNonNull(dac, "section dac is missing");
    Objects.requireNonNull(sense, "section sense is missing");
    Objects.requireNonNull(write, "section write is missing");
    Objects.requireNonNull(cost, "section cost is missing");
    ambient = Objects.requireNonNullElse(ambient, Ambient.ROOM);
    if (twin != null) {
      twin.check(geometry);
    }
  }

  /// The same profile with arrays of another shape.
  public ChipProfile with(Geometry other) {
    return new ChipProfile(
        name, description, source, other, cells, wiring, dac, sense, write, cost, ambient, twin);
  }

  /// The same profile with other cells.
  public ChipProfile with(CellModel other) {
    return new ChipProfile(
        name, description, source, geometry, other, wiring, dac, sense, write, cost, ambient, twin);
  }

  /// The same profile with cells that hang together in another way.
  public ChipProfile with(Wiring other) {
    return new ChipProfile(
        name, description, source, geometry, cells, other, dac, sense, write, cost, ambient, twin);
  }

  /// The same profile at another temperature.
  public ChipProfile with(Ambient other) {
    return new ChipProfile(
        name, description, source, geometry, cells, wiring, dac, sense, write, cost, other, twin);
  }

  /// The same profile for the twin of one chip.
  public ChipProfile with(Twin other) {
    return new ChipProfile(
        name,
        description,
        source,
        geometry,
        cells,
        wiring,
        dac,
        sense,
        write,
        cost,
        ambient,
        other);
  }

  /// What an array was measured to be; null where a seed draws quirks.
  TwinArray measured(int array) {
    return twin == null ? null : twin.arrays().get(array);
  }

  /// The same profile with the white noise of cells and amplifiers `factor` times as large.
  public ChipProfile withNoise(double factor) {
    return new ChipProfile(
        name,
        description,
        source,
        geometry,
        cells.with(cells.readNoise().times(factor)),
        wiring,
        dac,
        sense.withNoise(factor * sense.noiseAmps()),
        write,
        cost,
        ambient,
        twin);
  }

  /// Whether a read is a sum over cells by Ohm's law that goes through one saturating amplifier: no wires, no bent cells, no
  /// crosstalk, no converters with errors of their own.
  public boolean plainReads() {
    return wiring.perfect()
        && wiring.fixed()
        && cells.conduction() instanceof Conduction.Ohmic
        && dac.crosstalk() == 0
        && dac.errors() == null
        && sense.crosstalk() == 0
        && sense.saturation() != Saturation.CLIP
        && sense.errors() == null
        && sense.multiplexer() == null
        && sense.settling() == null
        && sense.thermal() == null;
  }

  /// What the port promises of such a chip.
  public Limits limits() {
    double volts = dac.fullScaleVolts();
    double least = seen(cells.window().minSiemens(), volts);
    double most = seen(cells.window().maxSiemens(), volts);
    double fullScale =
        Double.isInfinite(sense.fullScaleAmps())
            ? geometry.rows() * volts * most
            : sense.fullScaleAmps();
    double step = write.stepSiemens() * (most - least) / cells.window().windowSiemens();
    boolean straight = cells.conduction() instanceof Conduction.Ohmic;
    return new Limits(
        volts,
        2 * Math.max(write.setVolts(), write.resetVolts()),
        100 * write.seconds(),
        MAX_PULSES,
        least,
        most,
        sense.maxBiasAmps(),
        fullScale,
        straight
            ? write
            : new WriteMode(
                write.setVolts(), write.resetVolts(), write.seconds(), step, write.abruptSet()),
        cells.gate());
  }

  /// What a cell seems to conduct where it bends its current: I / V at the read voltage.
  private double seen(double siemens, double volts) {
    return cells.conduction() instanceof Conduction.Ohmic
        ? siemens
        : cells.conduction().amps(volts, siemens) / volts;
  }
}
