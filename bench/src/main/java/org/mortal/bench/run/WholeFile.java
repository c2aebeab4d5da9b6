package org.mortal.bench.run;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files so that a reader sees the old content or the new, and never a part.
public final class WholeFile {
  /// There a folder cannot be opened, and its entries are kept in order without.
  private static final boolean WINDOWS = File.separatorChar == '\\';

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
    write(target, content, false);
  }

  /// The same, and on the disk when it returns: a loss of power leaves the old content or the new.
  ///
  /// @throws RunException if it cannot be written; no part of it remains
  public static void keep(Path target, byte[] content) {
    write(target, content, true);
  }

  private static void write(Path target, byte[] content, boolean onDisk) {
    try {
      if (!Files.exists(target)) {
        replace(target, content, onDisk);
      } else if (Files.isRegularFile(target)) {
        // A link goes on pointing to the same file.
        replace(target.toRealPath(), content, onDisk);
      } else {
        Files.write(target, content);
      }
    } catch (IOException e) {
      throw RunException.of("cannot write", target, e, MEND);
    }
  }

  private static void replace(Path target, byte[] content, boolean onDisk) throws IOException {
    // Not createTempFile, whose rights would keep other users from reading a shared folder.
    Path part =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.write(part, content);
      if (onDisk) {
        force(part, StandardOpenOption.WRITE);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (onDisk && !WINDOWS) {
        // The new name is an entry of the folder.
        force(target.toAbsolutePath().getParent(), StandardOpenOption.READ);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
