package org.mortal.chip.calibrated;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Chip;

/// Everything that one calibration found out, and of which chip: it is worthless for any other.
///
/// @param chipId serial number of the chip
/// @param firmware what ran on its controller, with its version
/// @param firmwareHash that a change of firmware is seen by
/// @param rows of each array
/// @param columns of each array
/// @param target what was calibrated
/// @param options of the run, by name
/// @param kelvin the chip's temperature, or null where nobody knows
/// @param made ISO 8601, UTC
/// @param expires ISO 8601, UTC
/// @param gainReference whether gains were measured against a current of the board; where not, they are relative to each other
/// @param arrays those that were calibrated
public record Calibration(
    String chipId,
    String firmware,
    String firmwareHash,
    int rows,
    int columns,
    String target,
    Map<String, String> options,
    Double kelvin,
    String made,
    String expires,
    boolean gainReference,
    List<ArrayCalibration> arrays) {
  private static final int HASH_DIGITS = 16;

  /// What a change of a chip's firmware is seen by: the first digits of SHA-256 over what it says of itself.
  public static String firmwareHash(Chip chip) {
    try {
      byte[] text = chip.firmware().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
