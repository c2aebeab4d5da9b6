package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.calibrate.score.HeldOut;
import org.mortal.bench.calibrate.score.RawReads;
import org.mortal.bench.calibrate.score.Score;
import org.mortal.chip.Chip;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.kernel.Batch;
import org.mortal.sim.SimChip;

/// Hands what a calibration found over to be scored against the hidden truth.
final class Scoring {
  private Scoring() {}

  /// The score of one array, or null on a chip whose truth nobody knows.
  static Score of(Chip chip, ArrayCalibration found, Evidence evidence, Limits limits) {
    if (!(chip.bare() instanceof SimChip sim)) {
      return null;
    }
    VectorReads vectors = evidence.heldOut();
    HeldOut heldOut =
        new HeldOut(
            read(vectors.shares(), limits),
            Batch.of(vectors.plain().toArrays()),
            new RawReads(read(vectors.askedShares(), limits), Batch.of(vectors.shown().toArrays())),
            Batch.of(vectors.corrected().toArrays()));
    List<RawReads> reads = new ArrayList<>();
    for (CellReads one : evidence.reads()) {
      float[][] once = one.code().shares();
      float[][] shown = one.shown().toArrays();
      float[][] shares = new float[shown.length][];
      for (int n = 0; n < shares.length; n++) {
        shares[n] = once[n % once.length];
      }
      Read read = new Read(Batch.of(shares), limits.maxReadVolts(), null, one.code().sense());
      reads.add(new RawReads(read, Batch.of(shown)));
    }
    return Score.of(
        sim,
        found,
        heldOut,
        new org.mortal.bench.calibrate.score.CellReads(reads, evidence.analysis()::siemens));
  }

  private static Read read(Packed shares, Limits limits) {
    return new Read(Batch.of(shares.toArrays()), limits.maxReadVolts(), null, Read.Sense.ALL);
  }
}
