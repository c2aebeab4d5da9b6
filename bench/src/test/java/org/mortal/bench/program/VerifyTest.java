package org.mortal.bench.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Coded reads, held against reads row by row.
class VerifyTest {

  /// Twenty rows are no power of two, and 256 of them need many blocks.
  @ParameterizedTest
  @CsvSource({"16,8,false", "20,6,false", "20,6,true", "256,4,false", "256,4,true"})
  void decodedReadsAreThoseOfSingleRows(int rows, int columns, boolean together) {
    try (Chip chip = Bench.open("sim:ideal?rows=%d&columns=%d".formatted(rows, columns))) {
      Crossbar crossbar = chip.arrays().getFirst();
      short[] counts = new short[rows * columns];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) (i * 37 % 200);
      }
      crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
      float[] plain = new RowReads(crossbar, 1).measure();
      assertArrayEquals(plain, new CodedReads(crossbar, 1, together).measure(plain), 2e-9f);
    }
  }

  @Test
  void currentsOfBlocksStayInRange() {
    try (Chip chip = Bench.open("sim:hfox?seed=2&rows=64&columns=16")) {
      Watched watched = new Watched(chip.arrays().getFirst());
      float[] most = new float[64 * 16];
      Arrays.fill(most, 2e-6f);
      new CodedReads(watched, 1, false).measure(most);
      double range = watched.limits().fullScaleAmps();
      double volts = watched.limits().maxReadVolts();
      double highest = watched.mostRows * 2e-6 * volts;
      assertTrue(highest <= range / 3 && watched.mostRows >= 32, "rows " + watched.mostRows);
    }
  }

  /// Remembers how many rows were driven at once.
  private static final class Watched implements Crossbar {
    private final Crossbar crossbar;
    private int mostRows;

    Watched(Crossbar crossbar) {
      this.crossbar = crossbar;
    }

    @Override
    public Geometry geometry() {
      return crossbar.geometry();
    }

    @Override
    public Limits limits() {
      return crossbar.limits();
    }

    @Override
    public void read(Read read, Batch amps) {
      for (int n = 0; n < read.inputs().rows(); n++) {
        int driven = 0;
        for (int r = 0; r < read.inputs().columns(); r++) {
          driven += read.inputs().get(n, r) > 0 ? 1 : 0;
        }
        mostRows = Math.max(mostRows, driven);
      }
      crossbar.read(read, amps);
    }

    @Override
    public void pulse(PulseTrain train) {
      crossbar.pulse(train);
    }
  }
}
