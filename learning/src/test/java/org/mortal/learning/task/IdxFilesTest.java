package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mortal.learning.task.DataErrors.assertDataError;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"images", "images.gz"})
  void readsImages(String name) throws IOException {
    // More than one chunk, and not a whole number of them.
    byte[] content = IdxBytes.images(301, 20, 23);
    Path file = write(name, name.endsWith(".gz") ? IdxBytes.gzip(content) : content);

    IdxFiles.Images images = IdxFiles.readImages(file);

    assertEquals(301, images.size());
    assertEquals(20, images.height());
    assertEquals(23, images.width());
    assertArrayEquals(new long[] {301, 460}, images.pixels().shape());
    float[] pixels = images.pixels().data().asFloat();
    float[] expected = new float[301 * 460];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (i & 0xff) / 255f;
    }
    assertArrayEquals(expected, pixels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "labels.gz"})
  void readsLabels(String name) throws IOException {
    int[] labels = new int[70_001];
    Arrays.setAll(labels, i -> i % 256);
    byte[] content = IdxBytes.labels(labels);
    Path file = write(name, name.endsWith(".gz") ? IdxBytes.gzip(content) : content);
    assertArrayEquals(labels, IdxFiles.readLabels(file, 256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-images-idx3-ubyte",
        "train-images.idx3-ubyte",
        "train-images-idx3-ubyte.gz",
        "train-images.idx3-ubyte.gz"
      })
  void findsEverySpelling(String name) throws IOException {
    Path file = write(name, new byte[0]);
    assertEquals(file, IdxFiles.find(folder, "train-images"));
  }

  @Test
  void namesTheFilesThatAreMissing() {
    assertDataError(
        () -> IdxFiles.find(folder, "t10k-labels"),
        "no t10k-labels-idx1-ubyte in " + folder,
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
            + " t10k-labels-idx1-ubyte",
        "data mnist --to DIR");
    Path none = folder.resolve("none");
    assertDataError(() -> IdxFiles.readImages(none), none, "data mnist --to DIR");
    assertDataError(() -> IdxFiles.readLabels(none, 10), none, "data mnist --to DIR");
    Path lines = folder.resolve("two\nlines");
    assertDataError(() -> IdxFiles.readImages(lines), "two lines");
  }

  @Test
  void refusesLabelsForImagesAndTheReverse() throws IOException {
    Path images = write("images", IdxBytes.images(3, 2, 2));
    Path labels = write("labels", IdxBytes.labels(1, 2, 3, 4, 5, 6, 7, 8));
    assertDataError(
        () -> IdxFiles.readImages(labels), labels, "0x00000801", "this is a label file");
    assertDataError(
        () -> IdxFiles.readLabels(images, 10), images, "0x00000803", "this is an image file");
  }

  @Test
  void refusesAnotherMagic() throws IOException {
    Path other = write("other", "a text that is no data".getBytes());
    assertDataError(() -> IdxFiles.readImages(other), other, "0x61207465", "not an IDX file");
    Path packed = write("packed", IdxBytes.gzip(IdxBytes.images(3, 2, 2)));
    assertDataError(() -> IdxFiles.readImages(packed), packed, "let its name end in .gz");
  }

  @Test
  void refusesWhatIsCutOff() throws IOException {
    byte[] images = IdxBytes.images(3, 2, 2);
    Path body = write("body", Arrays.copyOf(images, 27));
    assertDataError(() -> IdxFiles.readImages(body), body, "cut off: 28 bytes expected, 27 found");
    Path header = write("header", Arrays.copyOf(images, 10));
    assertDataError(
        () -> IdxFiles.readImages(header), header, "cut off: 16 bytes expected, 10 found");
    Path empty = write("empty", new byte[0]);
    assertDataError(() -> IdxFiles.readImages(empty), empty, "16 bytes expected, 0 found");
    Path labels = write("labels", Arrays.copyOf(IdxBytes.labels(1, 2, 3), 9));
    assertDataError(() -> IdxFiles.readLabels(labels, 10), labels, "11 bytes expected, 9 found");
  }

  @Test
  void refusesPackedFilesThatAreCutOff() throws IOException {
    byte[] images = IdxBytes.images(3, 2, 2);
    Path content = write("content.gz", IdxBytes.gzip(Arrays.copyOf(images, 27)));
    assertDataError(
        () -> IdxFiles.readImages(content), content, "28 bytes expected after unpacking, 27 found");
    byte[] packed = IdxBytes.gzip(images);
    Path broken = write("broken.gz", Arrays.copyOf(packed, packed.length - 12));
    assertDataError(
        () -> IdxFiles.readImages(broken), broken, "28 bytes expected", "gzip data end after");
  }

  @Test
  void refusesAnnouncementsThatNoMemoryHolds() throws IOException {
    ByteBuffer lie = ByteBuffer.wrap(IdxBytes.images(3, 2, 2)).putInt(4, 100_000_000);
    Path file = write("lie", lie.array());
    assertDataError(() -> IdxFiles.readImages(file), file, "400000016 bytes expected, 28 found");
    lie.putInt(8, Integer.MAX_VALUE).putInt(12, Integer.MAX_VALUE);
    Path worse = write("worse", lie.array());
    assertDataError(() -> IdxFiles.readImages(worse), worse, "above the limit of 2^31 - 1");
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    byte[] images = IdxBytes.images(3, 2, 2);
    Path file = write("long", Arrays.copyOf(images, 30));
    assertDataError(() -> IdxFiles.readImages(file), file, "30 bytes", "28: 2 trailing bytes");
    Path packed = write("long.gz", IdxBytes.gzip(Arrays.copyOf(images, 30)));
    assertDataError(() -> IdxFiles.readImages(packed), packed, "2 trailing bytes");
    Path labels = write("labels", Arrays.copyOf(IdxBytes.labels(1), 10));
    assertDataError(() -> IdxFiles.readLabels(labels, 10), labels, "1 trailing bytes");
  }

  @Test
  void refusesNoImages() throws IOException {
    Path images = write("images", IdxBytes.images(0, 2, 2));
    assertDataError(() -> IdxFiles.readImages(images), images, "announces 0 images");
    Path labels = write("labels", IdxBytes.labels());
    assertDataError(() -> IdxFiles.readLabels(labels, 10), labels, "announces 0 labels");
  }

  @Test
  void refusesALabelAboveNine() throws IOException {
    Path labels = write("labels", IdxBytes.labels(9, 3, 10));
    assertDataError(
        () -> IdxFiles.readLabels(labels, 10), labels, "label 10 of entry 2", "limit of 9");
  }

  @Test
  void refusesGzipInNameOnlyAndDamagedGzip() throws IOException {
    Path plain = write("plain.gz", IdxBytes.images(3, 2, 2));
    assertDataError(() -> IdxFiles.readImages(plain), plain, "named .gz but is not gzip");
    Path empty = write("empty.gz", new byte[0]);
    assertDataError(() -> IdxFiles.readImages(empty), empty, "named .gz but is not gzip");
    byte[] packed = IdxBytes.gzip(IdxBytes.images(3, 2, 2));
    packed[packed.length - 6] ^= 1; // the checksum at the end
    Path damaged = write("damaged.gz", packed);
    assertDataError(() -> IdxFiles.readImages(damaged), damaged, "is damaged", "fetch it again");
  }

  @Test
  void saysThatAFolderCannotBeRead() {
    assertDataError(() -> IdxFiles.readImages(folder), "cannot read " + folder);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
