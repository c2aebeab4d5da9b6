package org.mortal.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A data set in IDX files that a small network learns at once: which quarter of a picture is
/// bright.
final class IdxSet {
  static final int SIDE = 8;
  static final int CLASSES = 4;
  static final int TRAIN = 5_600;
  static final int TEST = 400;

  private IdxSet() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", TRAIN, new SplittableRandom(1));
    write(folder, "t10k", TEST, new SplittableRandom(2));
    return folder;
  }

  private static void write(Path folder, String part, int count, SplittableRandom random)
      throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    for (int n = 0; n < count; n++) {
      int label = random.nextInt(CLASSES);
      labels.put((byte) label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        int quarter = pixel / SIDE / (SIDE / 2) * 2 + pixel % SIDE / (SIDE / 2);
        images.put((byte) random.nextInt(quarter == label ? 256 : 80));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
