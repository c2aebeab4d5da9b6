package org.mortal.bench.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A gzip file to fetch and what must be in it.
///
/// The sum is taken over the unpacked content: mirrors and archives pack the same data anew, so the
/// sums of the `.gz` files differ where the data do not.
///
/// @param name the file's name, on the mirror and on disk
/// @param bytes the length of the unpacked content
/// @param sha256 the SHA-256 of the unpacked content, 64 lower-case hexadecimal digits
record Content(String name, long bytes, String sha256) {
  private static final int CHUNK = 1 << 16;

  /// Checks a file against this description. Unpacks no more than the expected length and a little,
  /// whatever the file announces.
  ///
  /// @param file an existing file
  /// @return what is wrong with it in a few words, or an empty text if nothing is
  /// @throws IOException if it cannot be read
  String fault(Path file) throws IOException {
    MessageDigest digest = sha256Digest();
    long length = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), CHUNK)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0 && length <= bytes; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        length += read;
      }
    } catch (ZipException e) {
      return "no intact gzip file (%s)".formatted(e.getMessage());
    } catch (EOFException e) {
      return "a gzip file that breaks off";
    }
    if (length != bytes) {
      return "%s %d bytes of content, not %d"
          .formatted(length > bytes ? "more than" : "only", Math.min(length, bytes), bytes);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    return found.equals(sha256) ? "" : "content with SHA-256 %s, not %s".formatted(found, sha256);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform must have SHA-256", e);
    }
  }
}
