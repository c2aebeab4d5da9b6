package org.mortal.bench.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes files so that a reader sees the old content or the new, and never a part.
public final class WholeFile {
  /// Matches the files that are not whole yet.
  static final String PARTS = ".*.part";

  private static final String MEND = "free some space, or choose another place";

  private WholeFile() {}

  /// Replaces the content of `target` by `text` in UTF-8.
  ///
  /// @throws RunException if it cannot be written; no part of it remains
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Replaces the content of `target`; a device or pipe is written to as it is.
  ///
  /// @throws RunException if it cannot be written; no part of it remains
  public static void write(Path target, byte[] content) {
    try {
      if (!Files.exists(target)) {
        replace(target, content);
      } else if (Files.isRegularFile(target)) {
        // A link goes on pointing to the same file.
        replace(target.toRealPath(), content);
      } else {
        Files.write(target, content);
      }
    } catch (IOException e) {
      throw RunException.of("cannot write", target, e, MEND);
    }
  }

  /// On the disk when it is back: else a machine that loses its power might find the name and not the content.
  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(content);
      out.getFD().sync();
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    // Not createTempFile, whose rights would keep other users from reading a shared folder.
    Path part =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      writeThrough(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
