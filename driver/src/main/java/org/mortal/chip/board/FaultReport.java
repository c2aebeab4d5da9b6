package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;

/// Why the board refused or ended a command, as it said it.
///
/// @param status null where this driver does not know the number
/// @param quantity what was out of limits; null where this driver does not know the number
/// @param cell row-major cell, or the row or output that it is about; [#NO_CELL] for none
/// @param pulses given before the fault
/// @param cells written before the fault
record FaultReport(
    Status status,
    Quantity quantity,
    int array,
    int cell,
    double actual,
    double limit,
    long pulses,
    long cells) {
  static final int BYTES = 32;
  static final int NO_CELL = -1;

  /// A payload of another length is a fault that says nothing.
  static FaultReport parse(ByteBuffer payload) {
    if (payload.remaining() != BYTES) {
      return new FaultReport(null, null, 0, NO_CELL, Double.NaN, Double.NaN, 0, 0);
    }
    ByteBuffer bytes = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new FaultReport(
        Coded.find(Status.values(), bytes.get(0) & 0xFF),
        Coded.find(Quantity.values(), bytes.get(1) & 0xFF),
        bytes.getShort(2) & 0xFFFF,
        bytes.getInt(4),
        bytes.getDouble(8),
        bytes.getDouble(16),
        Integer.toUnsignedLong(bytes.getInt(24)),
        Integer.toUnsignedLong(bytes.getInt(28)));
  }

  /// The same about the array that the command was for, which not every fault names.
  FaultReport to(int commandArray) {
    return new FaultReport(status, quantity, commandArray, cell, actual, limit, pulses, cells);
  }

  /// What the caller is told.
  ///
  /// @param address of the board
  /// @param command that was refused, for messages
  /// @param pulsesBefore of the same job, by commands that were carried out before this one
  Fault toFault(String address, Command command, Geometry geometry, long pulsesBefore) {
    if (status == null) {
      return new Fault.Hardware(address, "%s ended with an unknown status".formatted(command));
    }
    return switch (status) {
      case OUT_OF_LIMITS -> outOfLimits(geometry);
      case STOPPED -> interruption(address, "stopped", pulsesBefore);
      case SILENT -> interruption(address, "the host fell silent", pulsesBefore);
      case LATE -> interruption(address, "the deadline passed", pulsesBefore);
      case COMPLIANCE -> new Fault.Compliance(address, actual, limit, place(geometry));
      case HARDWARE ->
          new Fault.Hardware(
              address,
              "a part of the board did not work during %s%s".formatted(command, at(geometry)));
      case OK, BAD_REQUEST, BAD_STATE, UNSUPPORTED ->
          new Fault.Hardware(address, "the firmware refused %s as %s".formatted(command, status));
    };
  }

  private Fault interruption(String address, String reason, long pulsesBefore) {
    return new Fault.Interrupted(address, reason, array, pulsesBefore + pulses);
  }

  private Fault outOfLimits(Geometry geometry) {
    return switch (quantity == null ? Quantity.NONE : quantity) {
      case ROW_VOLTS -> limit("row voltage", "V", cell == NO_CELL ? null : "row " + cell);
      case BIAS_AMPS -> limit("bias current", "A", cell == NO_CELL ? null : "output " + cell);
      case SET_VOLTS -> limit("SET pulse", "V", null);
      case RESET_VOLTS -> limit("RESET pulse", "V", null);
      case PULSE_SECONDS -> limit("pulse width", "s", null);
      case PULSE_COUNT -> limit("pulse count", "", place(geometry));
      case TARGET_SIEMENS -> limit("target conductance", "S", place(geometry));
      case ARRAY -> limit("array", "", null);
      case CELL -> limit("cell", "", null);
      case NONE -> limit("a value", "", place(geometry));
    };
  }

  private Fault limit(String what, String unit, Object where) {
    return new Fault.OutOfLimits(what, actual, limit, unit, where);
  }

  private String at(Geometry geometry) {
    Object place = place(geometry);
    return place == null ? "" : " at " + place;
  }

  private Object place(Geometry geometry) {
    return cell < 0 || cell >= geometry.cells() ? null : geometry.cell(cell);
  }
}
