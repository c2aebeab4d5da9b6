package org.mortal.sim.fit;

/// A conductance measured after pulses.
///
/// @param device which device it is; points of a device follow one another as they were measured
/// @param pulses given since the device's point before, positive for SET, negative for RESET; 0 where something else happened
///     to it
/// @param siemens the conductance then
public record PulsePoint(String device, int pulses, double siemens) {
  public PulsePoint {
    if (!(siemens >= 0 && Double.isFinite(siemens))) {
      throw new IllegalArgumentException(
          "a conductance must not be negative, not %s S".formatted(siemens));
    }
  }
}
