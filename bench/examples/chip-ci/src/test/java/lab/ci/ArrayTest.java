package lab.ci;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.kernel.Batch;
import org.mortal.sim.junit.ChipTest;

/// What an array must do for us, on any chip.
class ArrayTest {
  private static final double LARGEST_OFFSET = 0.25;
  private static final double LARGEST_MEAN_ERROR = 0.04;

  /// Every chip must: its amplifiers' offsets leave most of the converters' range to the signal.
  @ChipTest(chips = "sim:hfox?seed=1..20&rows=64&columns=64")
  void offsetsAreSmall(Crossbar array) {
    double fullScaleAmps = array.limits().fullScaleAmps();
    Batch idle = array.read(Batch.zeros(1, array.geometry().rows()));
    for (int j = 0; j < idle.columns(); j++) {
      double offset = Math.abs(idle.get(0, j)) / fullScaleAmps;
      assertTrue(offset < LARGEST_OFFSET, "offset of %.3f at output %d".formatted(offset, j));
    }
  }

  /// Nine chips in ten must: cells go where they are told, on average to 4 % of the conductance window.
  @ChipTest(chips = "sim:hfox?seed=1..50&rows=32&columns=32", atLeast = 0.9)
  void cellsAreProgrammed(Crossbar array) {
    double windowSiemens = array.limits().windowSiemens();
    Batch target = ramp(array);
    Batch measured =
        array.program(new ProgramRequest(target, 0.02 * windowSiemens, 20, 4)).measuredSiemens();
    double error = 0;
    for (int r = 0; r < target.rows(); r++) {
      for (int c = 0; c < target.columns(); c++) {
        error += Math.abs(measured.get(r, c) - target.get(r, c)) / windowSiemens;
      }
    }
    double mean = error / array.geometry().cells();
    assertTrue(mean < LARGEST_MEAN_ERROR, "cells are off by %.4f on average".formatted(mean));
  }

  /// Nine conductances from 10 to 90 % of the window, in turn.
  private static Batch ramp(Crossbar array) {
    Limits limits = array.limits();
    Batch siemens = Batch.zeros(array.geometry().rows(), array.geometry().columns());
    for (int r = 0; r < siemens.rows(); r++) {
      for (int c = 0; c < siemens.columns(); c++) {
        double level = 0.1 + 0.1 * ((r + c) % 9);
        siemens.set(r, c, (float) (limits.minSiemens() + level * limits.windowSiemens()));
      }
    }
    return siemens;
  }
}
