package org.mortal.bench.calibrate.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mortal.bench.run.CalibrationMark;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.WholeFile;
import org.mortal.chip.calibrated.Calibration;

/// A calibration and the file that it is kept in: JSON with a digest over its content, so that one that was damaged or changed
/// by hand is not taken for what was measured. Blanks between values do not count.
///
/// @param path of the file
/// @param sha256 of the calibration as compact JSON, in hexadecimal digits
/// @param calibration the content
public record CalibrationFile(Path path, String sha256, Calibration calibration) {
  private static final String FORMAT = "mortal-calibration";
  private static final int VERSION = 1;
  private static final int ID_DIGITS = 12;
  private static final String MEND = "calibrate the chip again, or give another file";
  private static final ObjectMapper MAPPER = CalibrationJson.mapper();

  private record Envelope(String format, int version, String sha256, Calibration calibration) {}

  /// A short name that no other calibration has.
  public String id() {
    return sha256.substring(0, ID_DIGITS);
  }

  /// What a manifest says of it.
  public CalibrationMark mark() {
    return new CalibrationMark(id(), sha256, path.toString(), calibration.chipId());
  }

  /// Writes a file, which is whole and on the disk when this returns.
  ///
  /// @throws IllegalArgumentException if a number of it is infinite or none
  /// @throws RunException if it cannot be written
  public static CalibrationFile write(Path path, Calibration calibration) {
    try {
      String sha256 = digest(MAPPER.writeValueAsBytes(calibration));
      WholeFile.keep(
          path, MAPPER.writeValueAsBytes(new Envelope(FORMAT, VERSION, sha256, calibration)));
      return new CalibrationFile(path, sha256, calibration);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a calibration that cannot be kept: " + e.getMessage(), e);
    }
  }

  /// Reads a file back.
  ///
  /// @throws RunException if it cannot be read, is no calibration, or not what was written
  public static CalibrationFile read(Path path) {
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      throw RunException.of("cannot read the calibration", path, e, "name another");
    }
    try {
      JsonNode tree = MAPPER.readTree(content);
      if (!FORMAT.equals(tree.path("format").asText())) {
        throw new RunException(
            "%s is no calibration: give a file that 'calibrate --out' has written".formatted(path),
            null);
      }
      int version = tree.path("version").asInt();
      if (version != VERSION) {
        throw new RunException(
            "%s is of format %d, this Mortal reads %d: calibrate the chip again, or use the Mortal that wrote it"
                .formatted(path, version, VERSION),
            null);
      }
      Calibration calibration = MAPPER.treeToValue(tree.path("calibration"), Calibration.class);
      String sha256 = tree.path("sha256").asText();
      if (calibration == null || !digest(MAPPER.writeValueAsBytes(calibration)).equals(sha256)) {
        throw damaged(path, "its content does not fit its digest", null);
      }
      return new CalibrationFile(path, sha256, calibration);
    } catch (IOException e) {
      throw damaged(path, "it cannot be read as JSON", e);
    }
  }

  private static RunException damaged(Path path, String why, IOException cause) {
    return new RunException(
        "%s was damaged or changed by hand: %s; %s".formatted(path, why, MEND), cause);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
