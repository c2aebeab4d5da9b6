package org.mortal.bench.calibrate.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mortal.bench.calibrate.TrueCalibration;
import org.mortal.bench.calibrate.study.WrittenCells;
import org.mortal.chip.Chips;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.SimChip;

/// A calibration that knows the truth scores next to its floor; one that is spoilt does not.
class ScoreTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int SIZE = 32;
  private static final int VECTORS = 400;

  private SimChip chip;
  private Calibration calibration;

  @BeforeEach
  void open() {
    chip = (SimChip) Chips.open("sim:hfox?seed=3&rows=32&columns=32", KERNELS);
    WrittenCells.write(chip.arrays().getFirst(), new Philox(4));
    calibration = TrueCalibration.of(chip, 1, 5);
  }

  private Score score(ArrayCalibration found) {
    Philox random = new Philox(6);
    Batch shares = Batch.zeros(VECTORS, SIZE);
    for (int n = 0; n < VECTORS; n++) {
      for (int i = 0; i < SIZE; i++) {
        shares.set(n, i, (float) (0.5 * random.nextDouble()));
      }
    }
    Read wanted = new Read(shares, 0.2, null, Read.Sense.ALL);
    Batch plain = Batch.zeros(VECTORS, SIZE / 2);
    chip.arrays().getFirst().read(wanted, plain);
    Batch corrected = Batch.zeros(VECTORS, SIZE / 2);
    for (int j = 0; j < SIZE / 2; j++) {
      for (int n = 0; n < VECTORS; n++) {
        corrected.set(n, j, (float) found.outputs()[j].lineAmps(plain.get(n, j)));
      }
    }
    HeldOut heldOut = new HeldOut(wanted, plain, new RawReads(wanted, plain), corrected);
    // One cell, by one vector: the decoder does not matter here, only that it is linear.
    CellReads cells =
        new CellReads(
            List.of(new RawReads(wanted, plain)),
            lines -> new double[][] {{lines.getFirst()[0][0] / 0.2}});
    return Score.of(chip, found, heldOut, cells);
  }

  @Test
  void truthScoresNextToItsFloor() {
    Score score = score(calibration.arrays().getFirst());
    assertEquals(1, score.mvmRatio(), 0.05);
    assertTrue(score.mvmErrorBefore() > 3 * score.mvmErrorAfter(), "before " + score);
    assertEquals(0.2e-6, score.cellError(), 0.02e-6);
    assertEquals(1, score.stuckPrecision());
    assertEquals(1, score.stuckRecall());
    assertEquals(0.002, score.gainError(), 0.001);
    assertEquals(0, score.wires().rowSegmentOhms());
  }

  /// 32 pairs of cells of 0.8 µS, an amplifier of 0.4 µA, steps of 0.31 µA.
  @Test
  void floorIsWhatNoiseAndStepsLeave() {
    double volts = 0.1 / Math.sqrt(3);
    double expected = Math.sqrt(64 * Math.pow(0.8e-6 * volts, 2) + 0.16e-12 + 8.1e-15) / 80e-6;
    Score score = score(calibration.arrays().getFirst());
    assertEquals(expected, score.mvmFloor(), 0.1 * expected);
  }

  @Test
  void spoiltGainsAreSeen() {
    ArrayCalibration found = calibration.arrays().getFirst();
    for (int j = 0; j < found.outputs().length; j++) {
      OutputCurve curve = found.outputs()[j];
      found.outputs()[j] =
          new OutputCurve(
              1.2 * curve.gain(),
              curve.gainError(),
              curve.offsetAmps() + 1e-6,
              curve.offsetError(),
              curve.saturation(),
              curve.fullScaleAmps(),
              curve.largestAmps());
    }
    Score score = score(found);
    assertTrue(score.mvmRatio() > 1.3, "ratio " + score.mvmRatio());
    assertEquals(0.2, score.gainError(), 0.01);
    assertEquals(1e-6, score.offsetErrorAmps(), 0.1e-6);
  }

  @Test
  void stuckCellsCount() {
    boolean[][] stuck = {{true, true, false, false}, {true, true, false, false}};
    boolean[][] called = {{true, false, false, false}, {true, true, true, false}};
    StuckScore score = StuckScore.of(called, stuck);
    assertEquals(0.75, score.precision());
    assertEquals(0.75, score.recall());
    assertEquals(0, StuckScore.of(null, stuck).recall());
    assertEquals(1, StuckScore.of(null, new boolean[2][4]).recall());
  }
}
