package org.mortal.bench.program;

/// The pulses that one cell gets next.
///
/// @param count SET pulses where positive, RESET pulses where negative; 0 to leave the cell alone for good
/// @param rung which of the amplitudes of its [Pulsing]
public record Shot(int count, int rung) {
  /// Nothing more that could help.
  static final Shot NONE = new Shot(0, 0);
}
