package org.mortal.bench.book;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Pulses given to each cell of one array, in row-major order.
///
/// @param set SET pulses
/// @param reset RESET pulses
/// @param programmed pulses of closed-loop programming where only the sum of both kinds is known
public record CellWear(long[] set, long[] reset, long[] programmed) {
  private static final int FORMAT = 1;
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  /// No pulses yet.
  public static CellWear none(int cells) {
    return new CellWear(new long[cells], new long[cells], new long[cells]);
  }

  /// All pulses of a cell.
  public long total(int cell) {
    return set[cell] + reset[cell] + programmed[cell];
  }

  static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  /// How many cells there are.
  public int cells() {
    return set.length;
  }

  /// Adds the pulses of `other`, of as many cells, to these.
  void add(CellWear other) {
    add(set, other.set);
    add(reset, other.reset);
    add(programmed, other.programmed);
  }

  private static void add(long[] sums, long[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }

  /// For the book: the counts in groups of seven bits, lowest first, deflated.
  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 13))) {
      out.writeByte(FORMAT);
      write(out, set);
      write(out, reset);
      write(out, programmed);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, long[] counts) throws IOException {
    byte[] buffer = new byte[counts.length * (Long.SIZE / BITS + 1)];
    int end = 0;
    for (long count : counts) {
      long rest = count;
      while (rest >= MORE) {
        buffer[end++] = (byte) (rest | MORE);
        rest >>>= BITS;
      }
      buffer[end++] = (byte) rest;
    }
    out.write(buffer, 0, end);
  }

  /// Reads what [#encoded] has written.
  ///
  /// @throws IOException if it is something else
  static CellWear decode(byte[] bytes, int cells) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException(
            "counts of format %d, this program reads %d".formatted(format, FORMAT));
      }
      byte[] rest = in.readAllBytes();
      int[] at = new int[1];
      CellWear wear = none(cells);
      read(rest, at, wear.set);
      read(rest, at, wear.reset);
      read(rest, at, wear.programmed);
      return wear;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException("fewer counts than cells", e);
    }
  }

  private static void read(byte[] bytes, int[] at, long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      int shift = 0;
      byte one;
      do {
        one = bytes[at[0]++];
        counts[i] |= (long) (one & MORE - 1) << shift;
        shift += BITS;
      } while (one < 0);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellWear that
        && Arrays.equals(set, that.set)
        && Arrays.equals(reset, that.reset)
        && Arrays.equals(programmed, that.programmed);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {set, reset, programmed});
  }
}
