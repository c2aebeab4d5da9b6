package org.mortal.sim;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The file of a simulated chip that was put on the shelf: all that pulses, time and use have done to it.
///
/// What follows from profile and seed is not in it; who the chip is, is, and another chip's file is refused. A checksum ends it.
final class ChipState {
  private static final int MAGIC = 0x4D43_4849;
  private static final int VERSION = 3;

  private ChipState() {}

  /// Throws if no state can be kept in `file`: better before the work than after it.
  static void checkPlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused(file, "there is no folder %s: make it, or choose another".formatted(folder));
    }
    if (!Files.isWritable(folder)) {
      throw refused(file, "nothing may be written in %s: choose another folder".formatted(folder));
    }
  }

  /// Replaces `file` as a whole, or leaves it as it was.
  ///
  /// @throws ProfileException if it cannot be written
  static void save(SimChip chip, Path file) {
    Path absolute = file.toAbsolutePath();
    Path part = absolute.resolveSibling(".%s.part".formatted(absolute.getFileName()));
    try {
      write(chip, part);
      Files.move(
          part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ProfileException(
          "the state of %s cannot be kept in %s: %s"
              .formatted(chip.id(), file, ProfileException.reason(e)),
          e);
    }
  }

  private static void write(SimChip chip, Path part) throws IOException {
    CRC32C sum = new CRC32C();
    try (var stream = new BufferedOutputStream(Files.newOutputStream(part))) {
      DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, sum));
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(chip.id());
      out.writeLong(fingerprint(chip));
      out.writeLong(System.currentTimeMillis());
      chip.save(out);
      out.writeLong(sum.getValue());
    }
  }

  /// Brings `chip`, which must be new, to the state in `file`.
  ///
  /// @throws ProfileException if the file is no whole state, or another chip's
  static void restore(SimChip chip, Path file) {
    CRC32C sum = new CRC32C();
    try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
      DataInputStream in = new DataInputStream(new CheckedInputStream(stream, sum));
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        throw refused(file, "it is no state of a simulated chip, or of another version");
      }
      String id = in.readUTF();
      if (!id.equals(chip.id())) {
        throw refused(file, "it belongs to %s, not to %s".formatted(id, chip.id()));
      }
      if (in.readLong() != fingerprint(chip)) {
        throw refused(
            file,
            "the profile %s, its temperature, or noise that differs from cell to cell is another now"
                .formatted(chip.profile().name()));
      }
      long shelvedMillis = Math.max(0, System.currentTimeMillis() - in.readLong());
      chip.restore(in, shelvedMillis * 1_000_000);
      long expected = sum.getValue();
      if (in.readLong() != expected || in.read() >= 0) {
        throw refused(file, "it is damaged");
      }
    } catch (EOFException e) {
      throw refused(file, "it ends too early");
    } catch (IOException e) {
      throw refused(file, ProfileException.reason(e));
    }
  }

  private static ProfileException refused(Path file, String reason) {
    return new ProfileException("the state %s cannot be used: %s".formatted(file, reason), null);
  }

  /// Records print all their components, so the text of a profile is the profile. Noise that is the same for all cells leaves
  /// nothing in the state, so that a chip may go on with more or less of it; other noise is part of the maps that are kept.
  private static long fingerprint(SimChip chip) {
    ChipProfile profile = chip.profile();
    ChipProfile kept = profile.cells().noiseVaries() ? profile : profile.withNoise(0);
    CRC32C sum = new CRC32C();
    sum.update(kept.toString().getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
