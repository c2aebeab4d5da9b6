package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// The golden vectors of `firmware/protocol/vectors`, which the firmware's tests read too.
final class Vectors {
  private Vectors() {}

  /// The lines of one file without comments, each split at spaces; there are some.
  static List<String[]> lines(String file) throws IOException {
    String root = System.getProperty("mortal.root", "..");
    Path path = Path.of(root, "firmware", "protocol", "vectors", file);
    List<String[]> lines =
        Files.readAllLines(path).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split(" "))
            .toList();
    assertFalse(lines.isEmpty(), path + " holds no vectors");
    return lines;
  }

  static byte[] bytes(String hex) {
    return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
  }

  static int number(String hex) {
    return HexFormat.fromHexDigits(hex);
  }
}
