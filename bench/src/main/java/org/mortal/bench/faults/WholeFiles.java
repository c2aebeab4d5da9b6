package org.mortal.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mortal.bench.run.Json;

/// Whether files are such as files of their kind are to their ends.
final class WholeFiles {
  /// The last chunk of a picture.
  private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};

  private WholeFiles() {}

  /// What is wrong with the files in `folder`. Hidden ones are unfinished and known to be.
  static List<String> check(Path folder) {
    List<String> violations = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(one -> !one.getFileName().toString().startsWith(".")).toList()) {
        if (!isWhole(file.toString(), Files.readAllBytes(file))) {
          violations.add("%s is not whole".formatted(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return violations;
  }

  /// The names of all files in `folder`.
  static TreeSet<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isWhole(String name, byte[] bytes) {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    return switch (kind) {
      case "json" -> isWholeJson(bytes);
      case "csv" -> endsWith(bytes, "\n");
      case "html" -> endsWith(bytes, "</html>\n");
      case "png" -> endsWith(bytes, PNG_END);
      case "npy" -> isWholeNpy(bytes);
      case "h5" -> isWholeHdf5(bytes);
      // Grows line by line, and knows a line that is not finished.
      case "log" -> true;
      default -> false;
    };
  }

  private static boolean isWholeJson(byte[] bytes) {
    try {
      return !Json.read(new String(bytes, StandardCharsets.UTF_8), JsonNode.class).isMissingNode();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean endsWith(byte[] bytes, String end) {
    return endsWith(bytes, end.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    int from = bytes.length - end.length;
    return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
  }

  /// The head says how many numbers of four bytes there are: `'shape': (2, 3, 4)`.
  private static boolean isWholeNpy(byte[] bytes) {
    if (bytes.length < 10) {
      return false;
    }
    int head = 10 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    String about = new String(bytes, StandardCharsets.ISO_8859_1).substring(0, head);
    String shape = about.substring(about.indexOf('(') + 1, about.indexOf(')'));
    int numbers =
        Arrays.stream(shape.split(", *")).mapToInt(Integer::parseInt).reduce(1, (a, b) -> a * b);
    return bytes.length == head + numbers * Float.BYTES;
  }

  /// Its superblock, version 2 or 3, says where the file ends.
  private static boolean isWholeHdf5(byte[] bytes) {
    return bytes.length >= 48
        && bytes.length == ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(28);
  }
}
