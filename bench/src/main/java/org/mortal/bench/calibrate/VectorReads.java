package org.mortal.bench.calibrate;

import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// Random vectors as the chip reads by itself, and through what is known of it.
///
/// @param shares of the highest voltage, vectors x rows
/// @param plain amperes that the chip shows where it is asked for just that, vectors x outputs
/// @param askedShares what the calibration asked the chip for instead
/// @param shown amperes that it showed then
/// @param corrected what the calibration made of these
record VectorReads(
    Packed shares, Packed plain, Packed askedShares, Packed shown, Packed corrected) {

  /// Reads them.
  ///
  /// @param sofar what is known of the chip
  static VectorReads of(
      Chip chip, int array, Calibration sofar, float[][] shares, Kernels kernels) {
    Crossbar crossbar = chip.arrays().get(array);
    Limits limits = crossbar.limits();
    Read wanted = new Read(Batch.of(shares), limits.maxReadVolts(), null, Read.Sense.ALL);
    Batch plain = Batch.zeros(shares.length, crossbar.geometry().outputs());
    crossbar.read(wanted, plain);
    Overheard overheard = new Overheard(chip);
    // Not closed: the chip goes on to be measured.
    Chip calibrated = CalibratedChip.withoutDrift(overheard, sofar, kernels);
    Batch corrected = Batch.zeros(plain.rows(), plain.columns());
    calibrated.arrays().get(array).read(wanted, corrected);
    float[][] asked = overheard.asked().inputs().toArrays();
    double unit = overheard.asked().voltsPerUnit() / limits.maxReadVolts();
    for (float[] vector : asked) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= (float) unit;
      }
    }
    return new VectorReads(
        Packed.of(shares),
        Packed.of(plain.toArrays()),
        Packed.of(asked),
        Packed.of(overheard.shown().toArrays()),
        Packed.of(corrected.toArrays()));
  }
}
