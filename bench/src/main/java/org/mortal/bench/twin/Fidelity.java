package org.mortal.bench.twin;

/// How well a twin foretells what it was not fitted to, in what the chip's own repeats leave open: 1 is as well as can be.
///
/// @param reads root mean square of the chip's held-out reads around the twin's currents, over that around their own means
/// @param readAmps the former, in amperes
/// @param readFloorAmps the latter
/// @param readTwinAmps the latter of the twin: the same where its noise is right
/// @param pulses the same of changes of conductance by held-out pulses, around what twins do on average; null without pulses
/// @param pulseSiemens the former, in siemens
/// @param pulseFloorSiemens the latter
/// @param pulseTwinSiemens the latter of the twin, read noise included: the same where its steps scatter as the chip's
/// @param times how far cells went in held-out times over how far twins go, or the other way round where that is more; null
///     without waits
/// @param timeSiemens root mean square of the former, read noise included
/// @param timeTwinSiemens of the latter, read noise included
public record Fidelity(
    double reads,
    double readAmps,
    double readFloorAmps,
    double readTwinAmps,
    Double pulses,
    Double pulseSiemens,
    Double pulseFloorSiemens,
    Double pulseTwinSiemens,
    Double times,
    Double timeSiemens,
    Double timeTwinSiemens) {

  /// The worst of them.
  public double worst() {
    double worst = reads;
    worst = pulses == null ? worst : Math.max(worst, pulses);
    return times == null ? worst : Math.max(worst, times);
  }
}
