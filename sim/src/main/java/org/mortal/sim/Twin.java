package org.mortal.sim;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Geometry;

/// Which chip a profile is the twin of, and what that chip's arrays were measured to be: the section `twin` of a profile.
///
/// The seed of a chip of such a profile draws noise, and no quirk.
///
/// @param of serial number of the measured chip
/// @param firmware what ran on its controller
/// @param made ISO 8601, UTC
/// @param measured what it was measured by, in words and numbers
/// @param arrays in the order of the chip's
/// @param digest SHA-256 over the figures of all arrays, so that a damaged file is seen
public record Twin(
    String of,
    String firmware,
    String made,
    Map<String, Object> measured,
    List<TwinArray> arrays,
    String digest) {
  public Twin {
    arrays = List.copyOf(arrays);
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("a twin has at least one array");
    }
    String found = digest(arrays);
    if (!found.equals(digest)) {
      throw new IllegalArgumentException(
          "the figures of the twin of %s have the digest %s, not %s: the file is damaged, make it anew"
              .formatted(of, found, digest));
    }
  }

  /// A twin of measured arrays.
  public static Twin of(
      String of,
      String firmware,
      String made,
      Map<String, Object> measured,
      List<TwinArray> arrays) {
    return new Twin(of, firmware, made, measured, arrays, digest(arrays));
  }

  /// Throws unless all arrays have that shape.
  void check(Geometry geometry) {
    arrays.forEach(array -> array.check(geometry));
  }

  private static String digest(List<TwinArray> arrays) {
    MessageDigest sum;
    try {
      sum = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (var out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sum))) {
      for (TwinArray array : arrays) {
        write(array.gains(), out);
        write(array.offsetAmps(), out);
        write(array.rowBows(), out);
        write(array.rowSkews(), out);
        write(array.siemens(), out);
        write(array.lowSiemens(), out);
        write(array.highSiemens(), out);
        write(array.setSteps(), out);
        write(array.resetSteps(), out);
        for (int cell : array.stuck()) {
          out.writeInt(cell);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  private static void write(float[][] rows, DataOutputStream out) throws IOException {
    for (int r = 0; rows != null && r < rows.length; r++) {
      write(rows[r], out);
    }
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    for (int k = 0; values != null && k < values.length; k++) {
      out.writeFloat(values[k]);
    }
  }

  /// The digest stands for all figures.
  @Override
  public String toString() {
    return "Twin[of=%s, made=%s, digest=%s]".formatted(of, made, digest);
  }
}
