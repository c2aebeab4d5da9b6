package org.mortal.bench.calibrate.score;

import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Random vectors that no fit has seen, read twice: as the chip reads by itself, and through its calibration.
///
/// @param wanted all columns, no bias
/// @param plain what the chip shows where it is asked for just that, vectors x outputs
/// @param asked what the calibration asked the chip for instead, and what that showed
/// @param corrected what the calibration made of it, vectors x outputs
public record HeldOut(Read wanted, Batch plain, RawReads asked, Batch corrected) {
  public HeldOut {
    if (wanted.biasAmps() != null || wanted.sense() != Read.Sense.ALL) {
      throw new IllegalArgumentException(
          "held-out vectors are read at all columns and without bias");
    }
  }
}
