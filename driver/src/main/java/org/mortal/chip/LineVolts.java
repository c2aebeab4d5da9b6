package org.mortal.chip;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.mortal.kernel.Batch;

/// The voltages that a batch of inputs asks for, and whether lines may be given them.
///
/// @param line what is driven, for errors
/// @param signed whether they may be negative
record LineVolts(Batch inputs, double voltsPerUnit, String line, boolean signed) {

  /// Throws unless every voltage lies within `limitVolts`, and above 0 unless it may be negative.
  void check(double limitVolts) {
    int highest = Float.floatToRawIntBits((float) (limitVolts / voltsPerUnit));
    boolean gapless = inputs.stride() == inputs.columns();
    int runs = gapless ? 1 : inputs.rows();
    int length = gapless ? inputs.rows() * inputs.columns() : inputs.columns();
    int suspicious = voltsPerUnit > 0 ? 0 : -1;
    for (int run = 0; run < runs; run++) {
      suspicious |= outside(run * inputs.stride(), length, highest);
    }
    if (suspicious < 0) {
      refuse((float) limitVolts);
    }
  }

  /// Negative if one of `length` entries from `first` on is outside of 0 to the float with the bits `highest`, or NaN.
  private int outside(long first, int length, int highest) {
    MemorySegment entries = inputs.segment();
    long offset = first * Float.BYTES;
    int kept = signed ? Integer.MAX_VALUE : -1;
    int outside = 0;
    for (int i = 0; i < length; i++) {
      // Positive floats are ordered as their bits are. A negative one has its sign bit set, unless
      // it is taken away, one
      // above the limit makes the difference negative, and NaN is above them all: one pass of
      // vector instructions tells
      // entries without fault.
      int bits = entries.get(JAVA_INT, offset + (long) i * Float.BYTES) & kept;
      outside |= bits | highest - bits;
    }
    return outside;
  }

  private void refuse(float limit) {
    float least = signed ? -limit : 0;
    for (int n = 0; n < inputs.rows(); n++) {
      for (int i = 0; i < inputs.columns(); i++) {
        float volts = (float) (inputs.get(n, i) * voltsPerUnit);
        // Written so that NaN is refused too.
        if (!(volts >= least && volts <= limit)) {
          throw new ChipException(
              new Fault.OutOfLimits(
                  line + " voltage", volts, volts < least ? least : limit, "V", line + " " + i));
        }
      }
    }
  }
}
