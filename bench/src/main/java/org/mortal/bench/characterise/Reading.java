package org.mortal.bench.characterise;

/// One reading of all cells of a region.
///
/// @param step its place in the plan
/// @param seconds when it was made, since the run began
/// @param age seconds since the last pulse before it; since the run began, where there was none
/// @param volts on a cell's row
/// @param amps of each cell, its column's offset taken off, at the nominal gain of the sense amplifiers
/// @param noiseAmps standard deviation of one read of each column with nothing driven
/// @param uncertain whether nobody knows if the pulses before it were given
public record Reading(
    int step,
    Step.Label label,
    double seconds,
    double age,
    double volts,
    float[] amps,
    float[] noiseAmps,
    boolean uncertain) {

  public double siemens(int cell) {
    return amps[cell] / volts;
  }

  /// What each cell conducts.
  public double[] siemens() {
    double[] siemens = new double[amps.length];
    for (int i = 0; i < siemens.length; i++) {
      siemens[i] = siemens(i);
    }
    return siemens;
  }
}
