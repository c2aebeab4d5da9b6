package org.mortal.sim;

import org.mortal.kernel.Philox;

/// The random streams of a chip: one for each purpose and array, so that no draw of one disturbs another.
/// The order is part of a chip's identity: new streams go to the end.
enum Stream {
  GAIN,
  STUCK,
  AMPLIFIER,
  READ,
  WRITE,
  STEP,
  ASYMMETRY,
  LOW_BOUND,
  HIGH_BOUND,
  BROKEN,
  EFFECT,
  REFERENCE,
  DRIVER,
  DRIVER_NOISE,
  ADC,
  ROW_AMPLIFIER,
  ROW_READ,
  COLUMN_DRIVER,
  COLUMN_DRIVER_NOISE,
  ROW_ADC;

  long key(long seed, int array) {
    return Philox.key(seed, ordinal(), array);
  }
}
