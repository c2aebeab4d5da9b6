package org.mortal.sim;

import org.mortal.kernel.Philox;

/// The random streams of a chip: one for each purpose and array, so that no draw of one disturbs another.
enum Stream {
  GAIN,
  STUCK,
  AMPLIFIER,
  READ,
  WRITE,
  DRIVER,
  DRIVER_NOISE,
  ADC;

  long key(long seed, int array) {
    return Philox.key(seed, ordinal(), array);
  }
}
