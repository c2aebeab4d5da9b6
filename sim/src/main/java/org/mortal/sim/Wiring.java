package org.mortal.sim;

import java.util.Objects;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.ReadBias;
import org.mortal.sim.circuit.network.WriteBias;

/// How the cells of an array hang together: the section `wiring` of a profile.
///
/// @param wires resistances of lines, drivers and terminals
/// @param write what the other lines do while a cell is written
/// @param idle what becomes of rows that a read gives 0 V or nothing, and of columns that it does not sense
public record Wiring(Wires wires, WriteBias write, ReadBias idle) {
  /// Perfect wires, a transistor at each cell, idle lines held at 0 V.
  public static final Wiring PERFECT =
      new Wiring(
          Wires.PERFECT,
          WriteBias.ISOLATED,
          new ReadBias(ReadBias.Idle.GROUNDED, ReadBias.Idle.GROUNDED));

  public Wiring {
    Objects.requireNonNull(wires, "wires are missing");
    Objects.requireNonNull(write, "write is missing");
    Objects.requireNonNull(idle, "idle is missing");
  }

  boolean perfect() {
    return wires.rowSegmentOhms() == 0
        && wires.columnSegmentOhms() == 0
        && wires.rowDriverOhms() == 0
        && wires.columnTerminalOhms() == 0;
  }

  /// Whether a read is one linear map of all row voltages, as long as the cells are what they are and follow Ohm's law.
  boolean fixed() {
    return idle.rows() == ReadBias.Idle.GROUNDED && idle.columns() == ReadBias.Idle.GROUNDED;
  }
}
