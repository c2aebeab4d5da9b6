package org.mortal.bench.twin;

import org.mortal.sim.ArrayTruth;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.SimChip;
import org.mortal.sim.TwinArray;

/// A twin against the hidden truth of a simulated chip, over all its arrays.
///
/// @param siemens root mean square of what conductances are off
/// @param gain root mean square of what gains are off, of 1
/// @param offsetAmps root mean square of what offsets are off
/// @param stuckPrecision share of the cells called stuck that are
/// @param stuckRecall share of the stuck cells that are called so
public record TwinScore(
    double siemens, double gain, double offsetAmps, double stuckPrecision, double stuckRecall) {

  /// @param places of the twin's arrays in the chip
  public static TwinScore of(SimChip chip, ChipProfile twin, int[] places) {
    Sums sums = new Sums();
    for (int k = 0; k < places.length; k++) {
      sums.add(chip.truth(places[k]), twin.twin().arrays().get(k));
    }
    return sums.score();
  }

  private static final class Sums {
    private double siemens;
    private double gain;
    private double offset;
    private long cells;
    private long outputs;
    private long right;
    private long called;
    private long stuck;

    void add(ArrayTruth truth, TwinArray twin) {
      int columns = twin.siemens()[0].length;
      for (int r = 0; r < twin.siemens().length; r++) {
        for (int c = 0; c < columns; c++) {
          siemens += Math.pow(twin.siemens()[r][c] - truth.siemens()[r][c], 2);
          stuck += truth.stuck()[r][c] ? 1 : 0;
          cells++;
        }
      }
      for (int cell : twin.stuck()) {
        right += truth.stuck()[cell / columns][cell % columns] ? 1 : 0;
        called++;
      }
      for (int j = 0; j < twin.gains().length; j++) {
        gain += Math.pow(twin.gains()[j] - truth.gains()[j], 2);
        offset += Math.pow(twin.offsetAmps()[j] - truth.offsets()[j], 2);
        outputs++;
      }
    }

    TwinScore score() {
      return new TwinScore(
          Math.sqrt(siemens / cells),
          Math.sqrt(gain / outputs),
          Math.sqrt(offset / outputs),
          called == 0 ? 1 : (double) right / called,
          stuck == 0 ? 1 : (double) right / stuck);
    }
  }
}
