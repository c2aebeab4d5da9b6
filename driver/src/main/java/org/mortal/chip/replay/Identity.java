package org.mortal.chip.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;

/// What the chip of a session is: the first line of its file.
record Identity(
    String id,
    String firmware,
    int arrays,
    boolean arraysLimited,
    boolean virtualTime,
    Geometry geometry,
    Limits limits) {
  private static final String FORMAT = "mortal session 1";

  static Identity of(Chip chip) {
    Crossbar first = chip.arrays().getFirst();
    return new Identity(
        chip.id(),
        chip.firmware(),
        chip.arrays().size(),
        chip.arraysLimited(),
        chip.virtualTime(),
        first.geometry(),
        first.limits());
  }

  Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("format", FORMAT);
    line.putAll(Records.map(this));
    return line;
  }

  /// @throws RuntimeException of some kind if `line` is of no session that this class can read
  static Identity of(Map<String, Object> line) {
    if (!FORMAT.equals(line.get("format"))) {
      throw new IllegalArgumentException(
          "its format is '%s', this reads '%s'".formatted(line.get("format"), FORMAT));
    }
    return Records.record(Identity.class, line);
  }
}
