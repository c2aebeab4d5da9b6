package org.mortal.bench.book;

import java.util.Arrays;
import org.mortal.chip.ProgramResult;

/// Pulses given to each cell of one array since the last entry, in row-major order.
final class WearCounts {
  /// After so many of the longest trains a count could leave the range of `int`.
  private static final int MOST_TRAINS = Integer.MAX_VALUE / -Short.MIN_VALUE;

  private final int[] set;
  private final int[] reset;
  private final int[] programmed;
  private int trains;
  private boolean complete = true;

  WearCounts(int cells) {
    this.set = new int[cells];
    this.reset = new int[cells];
    this.programmed = new int[cells];
  }

  /// Adds a train: SET pulses where positive, RESET pulses where negative.
  void add(short[] counts) {
    for (int i = 0; i < set.length; i++) {
      int count = counts[i];
      // All bits where negative, and none elsewhere: the loop is ten times as fast as one of
      // maxima.
      int negative = count >> Integer.SIZE - 1;
      set[i] += count & ~negative;
      reset[i] -= count & negative;
    }
    trains++;
  }

  /// Adds what closed-loop programming has given.
  void add(ProgramResult result) {
    int[] pulses = result.pulses();
    int[] resets = result.resets();
    for (int i = 0; i < pulses.length; i++) {
      if (resets == null) {
        programmed[i] = Math.addExact(programmed[i], pulses[i]);
      } else {
        set[i] = Math.addExact(set[i], pulses[i] - resets[i]);
        reset[i] = Math.addExact(reset[i], resets[i]);
      }
    }
    trains++;
  }

  /// Pulses were given that nobody counted.
  void missed() {
    complete = false;
  }

  boolean complete() {
    return complete;
  }

  /// Whether the next train might be too much.
  boolean full() {
    return trains >= MOST_TRAINS;
  }

  boolean isEmpty() {
    return trains == 0 && complete;
  }

  CellWear wear() {
    return new CellWear(longs(set), longs(reset), longs(programmed));
  }

  private static long[] longs(int[] counts) {
    return Arrays.stream(counts).asLongStream().toArray();
  }
}
