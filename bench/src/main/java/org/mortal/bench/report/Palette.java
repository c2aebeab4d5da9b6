package org.mortal.bench.report;

/// Colours for values from 0 to 1, blended between evenly spaced stops.
enum Palette {
  /// From dark to light, for values of one sign.
  SEQUENTIAL(0x1b1340, 0x3b4a92, 0x2a7f94, 0x39ae7c, 0x9fd04f, 0xfdf0a0),

  /// White in the middle, blue below and red above, for signed values.
  DIVERGING(0x123a7a, 0x3f83c4, 0xa9cfe6, 0xf8f8f6, 0xf5b99b, 0xd65a4c, 0x7c0f27);

  /// For cells that hold no number.
  static final int NONE = 0xb0b0b0;

  private final int[] stops;

  Palette(int... stops) {
    this.stops = stops;
  }

  /// The colour as 0xRRGGBB; a value beyond the ends takes the colour of the end.
  int rgb(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double place = Math.clamp(value, 0.0, 1.0) * (stops.length - 1);
    int below = Math.min((int) place, stops.length - 2);
    double share = place - below;
    return blend(below, share, 16) << 16 | blend(below, share, 8) << 8 | blend(below, share, 0);
  }

  private int blend(int below, double share, int shift) {
    int low = stops[below] >> shift & 0xff;
    int high = stops[below + 1] >> shift & 0xff;
    return (int) Math.round(low + share * (high - low));
  }
}
