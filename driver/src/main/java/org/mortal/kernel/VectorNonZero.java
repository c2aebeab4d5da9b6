package org.mortal.kernel;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The vector twin of [NonZero#plain].
final class VectorNonZero {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

  private VectorNonZero() {}

  static int find(short[] values, int from, int to, int[] found, int at) {
    int next = at;
    int i = from;
    for (; i + SHORTS.length() <= to; i += SHORTS.length()) {
      long marks =
          ShortVector.fromArray(SHORTS, values, i).compare(VectorOperators.NE, (short) 0).toLong();
      for (; marks != 0; marks &= marks - 1) {
        found[next++] = i + Long.numberOfTrailingZeros(marks);
      }
    }
    return next - at + NonZero.plain(values, i, to, found, next);
  }
}
