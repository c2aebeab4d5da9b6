package org.mortal.learning.task;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes IDX files for the tests.
final class IdxBytes {
  private IdxBytes() {}

  /// An image file whose bytes count 0, 1, 2 ... (modulo 256).
  static byte[] images(int count, int rows, int columns) {
    ByteBuffer out = ByteBuffer.allocate(16 + count * rows * columns);
    out.putInt(0x00000803).putInt(count).putInt(rows).putInt(columns);
    for (int i = 0; out.hasRemaining(); i++) {
      out.put((byte) i);
    }
    return out.array();
  }

  static byte[] labels(int... labels) {
    ByteBuffer out = ByteBuffer.allocate(8 + labels.length);
    out.putInt(0x00000801).putInt(labels.length);
    for (int label : labels) {
      out.put((byte) label);
    }
    return out.array();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packer = new GZIPOutputStream(out)) {
      packer.write(content);
    }
    return out.toByteArray();
  }

  /// A whole data set: six images of 2 rows and 3 columns to train, two to test, labels below 4.
  static void writeDataSet(Path folder) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(6, 2, 3));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0, 1, 2, 0, 1, 2));
    Files.write(folder.resolve("t10k-images.idx3-ubyte"), images(2, 2, 3));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(3, 1)));
  }
}
