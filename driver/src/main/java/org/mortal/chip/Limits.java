package org.mortal.chip;

import org.mortal.kernel.NonZero;

/// What an array may be asked for, and what its converters span.
///
/// @param maxReadVolts highest row voltage of a read; the lowest is 0
/// @param maxPulseVolts highest amplitude of a pulse, either polarity
/// @param maxPulseSeconds longest pulse
/// @param maxPulses most pulses to one cell in one train
/// @param minSiemens lowest conductance of the window that cells are programmed in
/// @param maxSiemens highest conductance of that window
/// @param maxBiasAmps largest bias current that can be injected at an output, either sign; 0 where there is no bias DAC
/// @param fullScaleAmps largest output current that can be told apart, either sign
/// @param write the nominal pulse
/// @param gate of the transistors at the cells, or null where nobody can set it
public record Limits(
    double maxReadVolts,
    double maxPulseVolts,
    double maxPulseSeconds,
    int maxPulses,
    double minSiemens,
    double maxSiemens,
    double maxBiasAmps,
    double fullScaleAmps,
    WriteMode write,
    Gate gate) {
  /// Cells looked through at a time: their indices stay in the first-level cache.
  private static final int SEARCHED = 4096;

  public Limits {
    if (!(maxReadVolts > 0
        && maxPulseVolts > 0
        && maxPulseSeconds > 0
        && maxPulses > 0
        && minSiemens >= 0
        && maxSiemens > minSiemens
        && maxBiasAmps >= 0
        && fullScaleAmps > 0)) {
      throw new IllegalArgumentException("limits must be positive and the window not empty");
    }
  }

  /// Limits of an array whose gates cannot be set.
  public Limits(
      double maxReadVolts,
      double maxPulseVolts,
      double maxPulseSeconds,
      int maxPulses,
      double minSiemens,
      double maxSiemens,
      double maxBiasAmps,
      double fullScaleAmps,
      WriteMode write) {
    this(
        maxReadVolts,
        maxPulseVolts,
        maxPulseSeconds,
        maxPulses,
        minSiemens,
        maxSiemens,
        maxBiasAmps,
        fullScaleAmps,
        write,
        null);
  }

  public double windowSiemens() {
    return maxSiemens - minSiemens;
  }

  /// Refuses a train that this array must not be given.
  public void check(Geometry geometry, PulseTrain train) {
    train.checkShape(geometry);
    refuseAbove("pulse width", train.seconds(), maxPulseSeconds, "s");
    refuseAbove("SET pulse", train.setVolts(), maxPulseVolts, "V");
    refuseAbove("RESET pulse", train.resetVolts(), maxPulseVolts, "V");
    if (train.gateVolts() != 0) {
      refuseAbove("gate voltage", train.gateVolts(), gate == null ? 0 : gate.maxVolts(), "V");
    }
    int[] touched = new int[SEARCHED];
    for (int from = 0; from < geometry.cells(); from += SEARCHED) {
      int to = Math.min(geometry.cells(), from + SEARCHED);
      int number = NonZero.find(train.counts(), from, to, touched, 0);
      for (int k = 0; k < number; k++) {
        int count = Math.abs(train.counts()[touched[k]]);
        if (count > maxPulses) {
          throw new ChipException(
              new Fault.OutOfLimits(
                  "pulse count", count, maxPulses, "", geometry.cell(touched[k])));
        }
      }
    }
  }

  private static void refuseAbove(String what, double actual, double limit, String unit) {
    // Written so that NaN is refused too.
    if (!(actual > 0 && actual <= limit)) {
      throw new ChipException(new Fault.OutOfLimits(what, actual, limit, unit, null));
    }
  }
}
