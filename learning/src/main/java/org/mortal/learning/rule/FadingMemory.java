package org.mortal.learning.rule;

import org.mortal.kernel.Batch;
import org.mortal.learning.LearningException;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightUpdate;

/// What sequences have told, on a tile whose weights fade by themselves: a code and a value that are met together are joined by
/// pulses wherever both are active.
///
/// Many sequences lie side by side, each with outputs of its own, one for each value; so they share the hardware's clock. Pulses
/// go one way only: what is to be forgotten is left to the cells.
final class FadingMemory {
  /// Sequences side by side.
  static final int LANES = 64;

  private static final int PULSES = 10;
  private static final int READS = 16;

  private final Tile tile;
  private final int values;
  private final float[] rest;

  /// A memory in which nothing is left of what was told before.
  ///
  /// @param bank of one tile, of the [#shape] of as many values
  FadingMemory(TileBank bank, int values) {
    this.tile = bank.tiles().getFirst();
    this.values = values;
    if (tile.outputs() != LANES * values) {
      throw new LearningException(
          "a memory of %d outputs does not hold %d sequences of %d values"
              .formatted(tile.outputs(), LANES, values));
    }
    this.rest = rest();
  }

  /// The tile that a memory of codes of `units` takes.
  static TileBank.Shape shape(int units, int values) {
    return new TileBank.Shape(units, LANES * values);
  }

  /// What the outputs answer to nothing.
  private float[] rest() {
    Batch answers = Batch.zeros(READS, tile.outputs());
    tile.forward(Batch.zeros(READS, tile.inputs()), answers);
    float[] mean = new float[tile.outputs()];
    float[] row = new float[mean.length];
    for (int n = 0; n < READS; n++) {
      answers.getRow(n, row);
      for (int j = 0; j < row.length; j++) {
        mean[j] += row[j] / READS;
      }
    }
    return mean;
  }

  /// Tells a value of a code to each sequence, all at once.
  ///
  /// @param codes the active units for each of up to [#LANES] sequences
  /// @param told a value for each, or -1 for none
  void tell(int[][] codes, int[] told) {
    short[] counts = new short[tile.inputs() * tile.outputs()];
    for (int lane = 0; lane < codes.length; lane++) {
      for (int unit : told[lane] < 0 ? new int[0] : codes[lane]) {
        counts[unit * tile.outputs() + lane * values + told[lane]] = PULSES;
      }
    }
    tile.apply(new WeightUpdate.Pulses(counts));
  }

  /// Reads what each sequence has left for a code, in units of what is there just after it was told once.
  ///
  /// @param codes the active units for each of up to [#LANES] sequences
  /// @return for each sequence one answer for each value
  float[][] ask(int[][] codes) {
    Batch inputs = Batch.zeros(codes.length, tile.inputs());
    for (int lane = 0; lane < codes.length; lane++) {
      for (int unit : codes[lane]) {
        inputs.set(lane, unit, 1);
      }
    }
    Batch outputs = Batch.zeros(codes.length, tile.outputs());
    tile.forward(inputs, outputs);
    float[][] answers = new float[codes.length][values];
    float step = (float) (PULSES * tile.weightStep());
    for (int lane = 0; lane < codes.length; lane++) {
      for (int v = 0; v < values; v++) {
        int output = lane * values + v;
        float told = step * Math.max(1, codes[lane].length);
        answers[lane][v] = (outputs.get(lane, output) - rest[output]) / told;
      }
    }
    return answers;
  }
}
