package org.mortal.bench.calibrate.check;

import org.mortal.bench.calibrate.TrueCalibration;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.ReferenceMagnitude;
import org.mortal.chip.calibrated.Thresholds;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.SimChip;

/// A [TrueCalibration] of one array with what only reads can tell: held-out errors and a drift reference.
final class SoundCalibration {
  private static final int VECTORS = 256;
  private static final int REFERENCES = 8;
  private static final int REPEATS = 32;

  private static final Thresholds THRESHOLDS = thresholds();

  private SoundCalibration() {}

  /// The chip at `address`, with its first array somewhere in the window.
  static SimChip written(String address, Kernels kernels) {
    SimChip chip = (SimChip) Chips.open(address, kernels);
    Crossbar crossbar = chip.arrays().getFirst();
    Philox random = new Philox(Philox.key(5));
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(200);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    return chip;
  }

  static Calibration of(SimChip chip, long seed) {
    Calibration bare = TrueCalibration.of(chip, 1, seed);
    ArrayCalibration array = bare.arrays().getFirst();
    Chip calibrated = CalibratedChip.withoutDrift(chip, bare, Kernels.plain());
    Philox random = new Philox(Philox.key(seed, 77));
    Probe probe = new Probe(calibrated.arrays().getFirst(), array, random);
    float[][] vectors = probe.dense(VECTORS);
    double[][] predicted = probe.predicted(vectors, Read.Sense.ALL);
    float[][] read = probe.read(vectors, null, Read.Sense.ALL);
    for (int j = 0; j < array.heldOutAmps().length; j++) {
      double squares = 0;
      for (int n = 0; n < VECTORS; n++) {
        squares += Math.pow(read[n][j] - predicted[n][j], 2) / VECTORS;
      }
      array.heldOutAmps()[j] = Math.sqrt(squares);
    }
    float[][] inputs = probe.dense(REFERENCES);
    ReferenceMagnitude now = ReferenceMagnitude.of(probe.crossbar(), inputs, REPEATS);
    DriftReference drift =
        new DriftReference(
            inputs,
            now.amps(),
            REPEATS,
            now.meanAmps(),
            now.errorAmps(),
            0,
            0.01,
            new double[] {3600});
    return Spoiled.with(bare, Spoiled.thresholds(Spoiled.drift(array, drift), THRESHOLDS));
  }

  /// A staircase moves cells, and it is their law that makes a threshold: so it is found once, on another chip of the kind.
  private static Thresholds thresholds() {
    SimChip other = (SimChip) Chips.open("sim:hfox?rows=32&columns=32&seed=1000", Kernels.plain());
    Calibration known = TrueCalibration.of(other, 1, 1);
    Chip calibrated = CalibratedChip.withoutDrift(other, known, Kernels.plain());
    ArrayCalibration array = known.arrays().getFirst();
    Philox random = new Philox(Philox.key(78));
    return new ThresholdCheck(new Probe(calibrated.arrays().getFirst(), array, random)).measure();
  }
}
