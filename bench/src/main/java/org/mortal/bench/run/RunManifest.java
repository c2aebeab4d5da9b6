package org.mortal.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.Version;

/// Enough to repeat a run, and what it came to.
///
/// @param command for example `measure mvm`
/// @param arguments every option with its value, given or by default, in order
/// @param seed what randomness was drawn from, or null where there was none
/// @param chip the chip's address, or null where there was none
/// @param chipId the chip's serial number, or null
/// @param kernels what computed here, or null
/// @param java the Java runtime
/// @param os the operating system
/// @param cores processors that Java saw
/// @param version of Mortal
/// @param commit of Mortal's sources, `-dirty` added if they were changed; null where there is no
///     checkout
/// @param started time with zone, ISO 8601
/// @param seconds how long it took
/// @param results figures by name, in order
/// @param interrupted whether it was ended early
/// @param calibrations of the chips it went by; none where chips answered for themselves
public record RunManifest(
    String command,
    Map<String, String> arguments,
    Long seed,
    String chip,
    String chipId,
    String kernels,
    String java,
    String os,
    int cores,
    String version,
    String commit,
    String started,
    double seconds,
    Map<String, Object> results,
    boolean interrupted,
    List<CalibrationMark> calibrations) {

  public RunManifest {
    if (command == null || command.isBlank() || arguments == null || results == null) {
      throw new IllegalArgumentException("command, arguments or results are missing");
    }
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    calibrations = calibrations == null ? List.of() : List.copyOf(calibrations);
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  /// The manifest of a run that starts now, here.
  public static RunManifest start(String command, Map<String, String> arguments) {
    return new RunManifest(
        command,
        arguments,
        null,
        null,
        null,
        null,
        "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Version.text(),
        Checkout.commit(),
        OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        0,
        Map.of(),
        false,
        List.of());
  }

  /// The same with the seed.
  public RunManifest withSeed(long value) {
    return new RunManifest(
        command,
        arguments,
        value,
        chip,
        chipId,
        kernels,
        java,
        os,
        cores,
        version,
        commit,
        started,
        seconds,
        results,
        interrupted,
        calibrations);
  }

  /// The same with the chip and what computes beside it.
  public RunManifest withRig(String address, String id, String kernelsDescription) {
    return new RunManifest(
        command,
        arguments,
        seed,
        address,
        id,
        kernelsDescription,
        java,
        os,
        cores,
        version,
        commit,
        started,
        seconds,
        results,
        interrupted,
        calibrations);
  }

  /// The same with the end of the run.
  ///
  /// @param took in seconds
  /// @param early whether it was interrupted
  public RunManifest finished(double took, Map<String, ?> figures, boolean early) {
    return new RunManifest(
        command,
        arguments,
        seed,
        chip,
        chipId,
        kernels,
        java,
        os,
        cores,
        version,
        commit,
        started,
        took,
        new LinkedHashMap<>(figures),
        early,
        calibrations);
  }

  /// The same with the calibrations that chips were opened with.
  RunManifest withCalibrations(List<CalibrationMark> marks) {
    return new RunManifest(
        command,
        arguments,
        seed,
        chip,
        chipId,
        kernels,
        java,
        os,
        cores,
        version,
        commit,
        started,
        seconds,
        results,
        interrupted,
        marks);
  }

  String toJson() {
    return Json.pretty(this);
  }

  /// Reads a manifest back.
  ///
  /// @throws RunException if the file cannot be read or is no manifest
  public static RunManifest read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw RunException.of(
          "cannot read the manifest", file, e, "give the manifest.json of a run folder");
    }
    try {
      RunManifest manifest = Json.MAPPER.readValue(text, RunManifest.class);
      if (manifest == null) {
        throw invalid(file, "it is empty", null);
      }
      return manifest;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw invalid(file, e.getOriginalMessage() + where, e);
    }
  }

  private static RunException invalid(Path file, String reason, Throwable cause) {
    return new RunException(
        "%s is no manifest: %s; give the manifest.json of a run folder".formatted(file, reason),
        cause);
  }
}
