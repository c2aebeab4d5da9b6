package org.mortal.learning.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Reads the IDX files of MNIST and its relatives: bytes with a short big-endian header.
///
/// An image file holds the number 0x00000803, the counts of images, rows and columns (32 bits each)
/// and one byte per pixel; a label file 0x00000801, the count and one byte per label. Either may be
/// compressed by gzip if its name ends in `.gz`. The format is described on the MNIST page of Y.
/// LeCun, C. Cortes and C. J. C. Burges.
public final class IdxFiles {
  /// The first four bytes of an image file.
  public static final int IMAGES_MAGIC = 0x00000803;

  /// The first four bytes of a label file.
  public static final int LABELS_MAGIC = 0x00000801;

  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;
  private static final int CHUNK = 1 << 16;

  private IdxFiles() {}

  /// Pictures from a file.
  ///
  /// @param pixels float32, order `c`, shape `[n, height * width]`, values in `[0, 1]`
  /// @param width pixels in a row
  /// @param height rows
  public record Images(INDArray pixels, int width, int height) {
    /// How many pictures there are.
    ///
    /// @return the count, at least 1
    public int size() {
      return (int) pixels.size(0);
    }
  }

  /// Finds one of the four files of a data set in any of its spellings: `NAME-idx3-ubyte`,
  /// `NAME.idx3-ubyte` (`idx1` for labels), each plain or with `.gz`. A plain file goes before a
  /// compressed one, as it reads faster.
  ///
  /// @param directory where to look
  /// @param name `train-images`, `train-labels`, `t10k-images` or `t10k-labels`
  /// @return the file's path
  /// @throws DataException if there is none; names the four files and how to fetch them
  public static Path find(Path directory, String name) {
    String kind = name.endsWith("labels") ? "idx1-ubyte" : "idx3-ubyte";
    return List.of("-" + kind, "." + kind, "-" + kind + ".gz", "." + kind + ".gz").stream()
        .map(ending -> directory.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            new DataException(
                ("no %s-%s in %s: the folder must hold train-images-idx3-ubyte,"
                        + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
                        + " t10k-labels-idx1-ubyte, each plain or as .gz;"
                        + " `data mnist --to DIR` fetches them")
                    .formatted(name, kind, directory)));
  }

  /// Reads an image file straight into an array outside the Java heap.
  ///
  /// @param file the file, gzip if its name ends in `.gz`
  /// @return the pictures, a byte `b` as `b / 255`
  /// @throws DataException if the file is missing, damaged, cut off, too long, empty or of another
  ///     kind
  public static Images readImages(Path file) {
    try (IdxStream in = IdxStream.open(file)) {
      in.requireMagic(IMAGES_MAGIC, IMAGES_HEADER);
      int count = in.readCount("images");
      int height = in.readCount("rows");
      int width = in.readCount("columns");
      // In floating point, which cannot overflow; up to the limit it is exact.
      double pixels = (double) count * height * width;
      if (pixels > Integer.MAX_VALUE) {
        throw new DataException(
            ("%s announces %d images of %d x %d, above the limit of 2^31 - 1 pixels:"
                    + " it is damaged, or must be split")
                .formatted(file, count, width, height));
      }
      in.requireBody(IMAGES_HEADER, (long) pixels);
      INDArray array =
          Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, height * width}, 'c');
      fill(array, in, (int) pixels);
      in.requireEnd();
      return new Images(array, width, height);
    } catch (IOException e) {
      throw IdxStream.unreadable(file, e);
    }
  }

  /// Reads a label file.
  ///
  /// @param file the file, gzip if its name ends in `.gz`
  /// @param classes how many classes the labels may name, 1 to 256; ten for digits
  /// @return the labels, each in `[0, classes)`, at least one
  /// @throws DataException if the file is missing, damaged, cut off, too long, empty or of another
  ///     kind, or a label is not below `classes`
  public static int[] readLabels(Path file, int classes) {
    try (IdxStream in = IdxStream.open(file)) {
      in.requireMagic(LABELS_MAGIC, LABELS_HEADER);
      int count = in.readCount("labels");
      in.requireBody(LABELS_HEADER, count);
      byte[] chunk = new byte[Math.min(CHUNK, count)];
      int[] labels = new int[count];
      for (int at = 0; at < count; at += chunk.length) {
        int length = Math.min(chunk.length, count - at);
        in.readFully(chunk, length);
        for (int i = 0; i < length; i++) {
          labels[at + i] = requireLabel(file, at + i, Byte.toUnsignedInt(chunk[i]), classes);
        }
      }
      in.requireEnd();
      return labels;
    } catch (IOException e) {
      throw IdxStream.unreadable(file, e);
    }
  }

  private static int requireLabel(Path file, int row, int label, int classes) {
    if (label >= classes) {
      throw new DataException(
          ("%s: label %d of entry %d is above the limit of %d:"
                  + " the file is damaged or of another data set")
              .formatted(file, label, row, classes - 1));
    }
    return label;
  }

  private static void fill(INDArray array, IdxStream in, int pixels) throws IOException {
    float[] grey = new float[256];
    for (int level = 0; level < grey.length; level++) {
      grey[level] = level / 255f;
    }
    byte[] bytes = new byte[CHUNK];
    float[] floats = new float[CHUNK];
    try (FloatPointer target = new FloatPointer(array.data().pointer())) {
      for (int at = 0; at < pixels; ) {
        int length = Math.min(CHUNK, pixels - at);
        in.readFully(bytes, length);
        for (int i = 0; i < length; i++) {
          floats[i] = grey[Byte.toUnsignedInt(bytes[i])];
        }
        target.position(at).put(floats, 0, length);
        at += length;
      }
    }
  }
}
