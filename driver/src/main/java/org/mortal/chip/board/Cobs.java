package org.mortal.chip.board;

/// Consistent overhead byte stuffing: bytes without a zero among them, so that zero can end a frame.
///
/// Source: Cheshire and Baker, IEEE/ACM Transactions on Networking 7, 159 (1999).
final class Cobs {
  /// The code of a block that ends without a zero.
  private static final int FULL = 0xFF;

  private Cobs() {}

  /// The most bytes that `count` bytes become.
  static int bound(int count) {
    return count + 1 + count / (FULL - 1);
  }

  /// Writes `count` bytes of `source`, encoded, to `target` from `at` on.
  ///
  /// @return how many bytes they became
  static int encode(byte[] source, int count, byte[] target, int at) {
    int block = at;
    int next = at + 1;
    for (int i = 0; i < count; i++) {
      if (source[i] != 0) {
        target[next++] = source[i];
      }
      boolean full = next - block == FULL;
      if (source[i] == 0 || full) {
        target[block] = (byte) (next - block);
        block = next++;
        if (full && i + 1 == count) {
          // A full block at the very end needs no other behind it.
          return block - at;
        }
      }
    }
    target[block] = (byte) (next - block);
    return next - at;
  }

  /// Decodes the first `count` bytes in place.
  ///
  /// @return how many bytes they became, or -1 where no encoder writes them
  static int decode(byte[] bytes, int count) {
    int read = 0;
    int written = 0;
    while (read < count) {
      int code = bytes[read++] & 0xFF;
      int length = code - 1;
      if (code == 0 || read + length > count) {
        return -1;
      }
      System.arraycopy(bytes, read, bytes, written, length);
      read += length;
      written += length;
      if (code != FULL && read < count) {
        bytes[written++] = 0;
      }
    }
    return written;
  }
}
