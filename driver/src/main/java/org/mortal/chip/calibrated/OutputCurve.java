package org.mortal.chip.calibrated;

/// The way from the current of a line to what its amplifier shows, and back: `shown = sat(gain * line + offset)`.
///
/// @param gain above 0; 1 is nominal
/// @param gainError standard error of the gain
/// @param offsetAmps shown where no current flows
/// @param offsetError standard error of the offset, in amperes
/// @param saturation near full scale
/// @param fullScaleAmps of the saturation
/// @param largestAmps up to where the curve was measured, either sign; what is shown beyond counts as this
public record OutputCurve(
    double gain,
    double gainError,
    double offsetAmps,
    double offsetError,
    Saturation saturation,
    double fullScaleAmps,
    double largestAmps) {
  public OutputCurve {
    if (!(gain > 0 && fullScaleAmps > 0 && largestAmps > 0 && Double.isFinite(offsetAmps))) {
      throw new IllegalArgumentException(
          "an output curve needs a positive gain and range and an offset, not %g, %g A, %g A, %g A"
              .formatted(gain, fullScaleAmps, largestAmps, offsetAmps));
    }
    if (saturation != Saturation.NONE && largestAmps >= fullScaleAmps) {
      throw new IllegalArgumentException(
          "a curve that saturates at %g A cannot be known up to %g A"
              .formatted(fullScaleAmps, largestAmps));
    }
  }

  /// The current of the line where the amplifier shows `amps`.
  public double lineAmps(double amps) {
    double known = Math.clamp(amps, -largestAmps, largestAmps);
    return (saturation.undo(known, fullScaleAmps) - offsetAmps) / gain;
  }
}
