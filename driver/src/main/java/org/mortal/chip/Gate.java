package org.mortal.chip;

/// The gates of the transistors at the cells, where their voltage can be set: it limits the current of a SET pulse, and so what
/// conductance the pulse can leave behind.
///
/// That conductance is taken to be a straight line in the gate's voltage, for a cell without quirks.
///
/// Source: levels by the gate in 1T1R arrays, Li et al., Nature Electronics 1, 52 (2018).
///
/// @param thresholdVolts at and below which a SET pulse does nothing
/// @param siemensPerVolt what each volt above it adds
/// @param maxVolts highest voltage of a gate
public record Gate(double thresholdVolts, double siemensPerVolt, double maxVolts) {
  public Gate {
    if (!(thresholdVolts >= 0 && siemensPerVolt > 0 && maxVolts > thresholdVolts)) {
      throw new IllegalArgumentException(
          "a gate's threshold must not be negative, its highest voltage be above it, and siemens per volt positive, not %g V, %g V, %g S/V"
              .formatted(thresholdVolts, maxVolts, siemensPerVolt));
    }
  }

  /// The conductance above which a SET pulse does not raise a cell.
  public double siemens(double gateVolts) {
    return Math.max(0, gateVolts - thresholdVolts) * siemensPerVolt;
  }

  /// The gate's voltage that lets SET pulses go that far; may be more than it can be given.
  public double volts(double siemens) {
    return thresholdVolts + siemens / siemensPerVolt;
  }
}
