package org.mortal.kernel;

/// Standard normal numbers addressed by counter.
///
/// Number `i` of the row (`key`, `c1`, `c2`) is always the same bits, whichever implementation makes it and however the
/// work is split. The 64 numbers of a chunk come from 16 Philox blocks by Box and Muller's transform, lane by lane:
/// word pairs (0, 1) and (2, 3) of a block give numbers `lane`, `16 + lane`, `32 + lane` and `48 + lane` of the chunk, where
/// even lanes belong to the first eight blocks in order and odd lanes to the others.
public interface Normals {
  /// Numbers made together; a row is drawn in whole chunks.
  int CHUNK = 64;

  /// Blocks, and so counters, in a chunk.
  int LANES = 16;

  /// Fills `target[0]` to `target[count - 1]` with the first `count` numbers of the row.
  ///
  /// @param target at least `count` rounded up to a whole [#CHUNK] long; what lies between may be overwritten
  default void fill(long key, int c1, int c2, float[] target, int count) {
    fill(key, c1, c2, 0, target, count);
  }

  /// The same from number `first` of the row on, which begins a chunk.
  void fill(long key, int c1, int c2, int first, float[] target, int count);

  /// The first block of the chunk that begins with number `first`.
  static int block(int first) {
    if (first % CHUNK != 0) {
      throw new IllegalArgumentException(
          "numbers are made in chunks of %d, none begins at %d".formatted(CHUNK, first));
    }
    return first / CHUNK * LANES;
  }

  /// `count` rounded up to whole chunks: the length that a target needs.
  static int padded(int count) {
    return Math.ceilDiv(count, CHUNK) * CHUNK;
  }
}
