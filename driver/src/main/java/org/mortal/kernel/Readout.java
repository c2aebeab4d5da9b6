package org.mortal.kernel;

/// The way of a row of output currents through their amplifiers and converters.
///
/// Each implementation does the same float32 steps, so they agree bit for bit:
/// `x = gain (current + spread normal) + shift`, then `S tanh(x / S)` or `x` clipped to ±S, then the nearest of the converter's
/// steps.
public interface Readout {

  /// What all outputs have in common.
  ///
  /// @param fullScale S, where the amplifier saturates; infinite for one that does not
  /// @param codes steps from -S to S, an even number; 0 for a converter without steps
  /// @param clips whether it is linear up to S, rather than bending as tanh does
  record Converter(float fullScale, int codes, boolean clips) {
    /// An amplifier that bends as tanh does.
    public Converter(float fullScale, int codes) {
      this(fullScale, codes, false);
    }

    public Converter {
      if (!(fullScale > 0)
          || codes < 0
          || codes % 2 != 0
          || (codes > 0 && Float.isInfinite(fullScale))) {
        throw new IllegalArgumentException(
            "no converter has %d steps over plus and minus %g".formatted(codes, fullScale));
      }
    }
  }

  /// Converts the first `count` currents in place.
  ///
  /// @param spread standard deviation of the noise of each current
  /// @param normals a standard normal number for each
  /// @param gain of each amplifier
  /// @param shift offset of each amplifier
  void convert(
      Converter converter,
      float[] currents,
      float[] spread,
      float[] normals,
      float[] gain,
      float[] shift,
      int count);

  /// Replaces the first `count` variances by the standard deviations of the sums that they make with `common`.
  void deviations(float[] variances, float common, int count);
}
