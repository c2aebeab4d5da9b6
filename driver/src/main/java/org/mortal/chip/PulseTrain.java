package org.mortal.chip;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Pulses to the cells of one array, all of one shape.
///
/// @param counts one entry per cell in row-major order: that many SET pulses where positive, RESET pulses where negative
/// @param setVolts amplitude of the SET pulses
/// @param resetVolts amplitude of the RESET pulses
/// @param seconds width of each
public record PulseTrain(short[] counts, double setVolts, double resetVolts, double seconds) {

  /// Nominal pulses.
  public static PulseTrain nominal(short[] counts, WriteMode mode) {
    return new PulseTrain(counts, mode.setVolts(), mode.resetVolts(), mode.seconds());
  }

  /// `count` nominal pulses to one cell, SET if positive.
  public static PulseTrain single(Geometry geometry, Cell cell, int count, WriteMode mode) {
    if ((short) count != count) {
      throw new ChipException(
          new Fault.OutOfLimits("pulse count", count, Short.MAX_VALUE, "", cell));
    }
    short[] counts = new short[geometry.cells()];
    counts[geometry.index(cell)] = (short) count;
    return nominal(counts, mode);
  }

  /// Finds the cells that get pulses among those from `from` (inclusive) to `to` (exclusive).
  ///
  /// Most cells get none, so four are looked at together.
  ///
  /// @param found their indices go here, in order; as long as the range
  /// @return how many there are
  public int touched(int from, int to, int[] found) {
    MemorySegment words = MemorySegment.ofArray(counts);
    int number = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      if (words.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) i * Short.BYTES) != 0) {
        for (int k = i; k < i + 4; k++) {
          if (counts[k] != 0) {
            found[number++] = k;
          }
        }
      }
    }
    for (; i < to; i++) {
      if (counts[i] != 0) {
        found[number++] = i;
      }
    }
    return number;
  }
}
