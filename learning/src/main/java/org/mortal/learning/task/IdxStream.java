package org.mortal.learning.task;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of one IDX file, unpacked, with the checks that name the file and what is wrong.
final class IdxStream implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /// Deflate cannot pack more bytes than this into one, so a file's size bounds its content.
  private static final long GREATEST_RATIO = 1032;

  private final Path file;
  private final InputStream in;
  private final long greatestContent;
  private final boolean packed;
  private long expected;
  private long taken;

  private IdxStream(Path file, InputStream in, long size, boolean packed) {
    this.file = file;
    this.in = in;
    this.packed = packed;
    greatestContent = packed ? size * GREATEST_RATIO : size;
  }

  /// Opens a file, unpacking it if its name ends in `.gz`.
  ///
  /// @throws DataException if it is missing, or named `.gz` but not gzip
  /// @throws IOException if it cannot be opened
  static IdxStream open(Path file) throws IOException {
    boolean packed = file.toString().endsWith(".gz");
    InputStream raw = openRaw(file);
    try {
      InputStream in = packed ? new GZIPInputStream(raw, BUFFER) : raw;
      return new IdxStream(file, in, Files.size(file), packed);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new DataException(
          "%s is named .gz but is not gzip: rename it if it is unpacked, else fetch it again"
              .formatted(file),
          e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream openRaw(Path file) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(file), BUFFER);
    } catch (NoSuchFileException e) {
      throw new DataException(
          "no file %s: correct the path, or fetch MNIST by `data mnist --to DIR`".formatted(file),
          e);
    }
  }

  /// The error for a file that failed while being read.
  static DataException unreadable(Path file, IOException cause) {
    if (cause instanceof ZipException) {
      return new DataException(
          "%s is damaged (%s): fetch it again".formatted(file, cause.getMessage()), cause);
    }
    return new DataException(
        "cannot read %s (%s): check the file and its rights".formatted(file, cause), cause);
  }

  /// Takes the first four bytes and checks that they are `magic`; `header` is the length of the
  /// whole header, which the file must hold at least.
  void requireMagic(int magic, int header) throws IOException {
    expected = header;
    int found = readInt();
    if (found == magic) {
      return;
    }
    String guess =
        switch (found) {
          case IdxFiles.IMAGES_MAGIC ->
              "this is an image file: was it renamed or swapped with the labels?";
          case IdxFiles.LABELS_MAGIC ->
              "this is a label file: was it renamed or swapped with the images?";
          default ->
              found >>> 16 == 0x1f8b
                  ? "this is a gzip file: let its name end in .gz"
                  : "this is not an IDX file of bytes: fetch it again";
        };
    throw new DataException(
        "%s begins with 0x%08x where 0x%08x is expected; %s".formatted(file, found, magic, guess));
  }

  /// Takes the next count of the header.
  ///
  /// @throws DataException if it is not positive
  int readCount(String what) throws IOException {
    int count = readInt();
    if (count < 1) {
      throw new DataException(
          "%s announces %d %s, below the least of 1: the file is empty or damaged; fetch it again"
              .formatted(file, count, what));
    }
    return count;
  }

  /// Sets how long the file must be, and refuses at once one that cannot hold it, before any memory
  /// is set aside for its content.
  void requireBody(long header, long body) throws IOException {
    expected = header + body;
    if (expected > greatestContent) {
      skipRest();
      throw truncated();
    }
  }

  /// Takes the next `length` bytes into the front of `to`.
  ///
  /// @throws DataException if the file ends before
  void readFully(byte[] to, int length) throws IOException {
    try {
      int read = in.readNBytes(to, 0, length);
      taken += read;
      if (read < length) {
        throw truncated();
      }
    } catch (EOFException e) {
      throw broken(e);
    }
  }

  /// Checks that nothing follows.
  void requireEnd() throws IOException {
    skipRest();
    if (taken > expected) {
      throw new DataException(
          "%s holds %d bytes where its header announces %d: %d trailing bytes; fetch it again"
              .formatted(file, taken, expected, taken - expected));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int readInt() throws IOException {
    byte[] bytes = new byte[4];
    readFully(bytes, 4);
    return ByteBuffer.wrap(bytes).getInt();
  }

  private void skipRest() throws IOException {
    try {
      taken += in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw broken(e);
    }
  }

  /// The error for gzip data that break off; how much of the last piece came out is not told.
  private DataException broken(EOFException cause) {
    return new DataException(
        ("%s is cut off: %d bytes expected after unpacking, its gzip data end after some %d;"
                + " fetch it again")
            .formatted(file, expected, taken),
        cause);
  }

  private DataException truncated() {
    return new DataException(
        "%s is cut off: %d bytes expected%s, %d found; fetch it again"
            .formatted(file, expected, packed ? " after unpacking" : "", taken));
  }
}
