package org.mortal.bench.book;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunManifest;

/// A run of the book: what its manifest says.
///
/// @param id drawn for each process
/// @param arguments every option with its value, as JSON
/// @param folder its whole path
/// @param host the machine it ran on
/// @param started time of the book
/// @param seconds how long it took; 0 while it runs
/// @param interrupted whether it was ended early, or is not at its end
/// @param source the commit of Mortal's sources, or null
/// @param results figures by name, as JSON
public record RunEntry(
    String id,
    String command,
    @JsonRawValue String arguments,
    String folder,
    String host,
    Long seed,
    String started,
    double seconds,
    String chipAddress,
    String chipId,
    boolean interrupted,
    String version,
    String source,
    @JsonRawValue String results) {

  static RunEntry of(String id, Path folder, RunManifest manifest) {
    return new RunEntry(
        id,
        manifest.command(),
        Json.line(manifest.arguments()),
        folder.toAbsolutePath().normalize().toString(),
        machine(),
        manifest.seed(),
        BookTime.of(manifest.started()),
        manifest.seconds(),
        manifest.chip(),
        manifest.chipId(),
        manifest.interrupted(),
        manifest.version(),
        manifest.commit(),
        Json.line(manifest.results()));
  }

  private static String machine() {
    try {
      // Linux knows without asking a name server, which may keep a run waiting.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return address();
    }
  }

  private static String address() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a name in the network.
      return "localhost";
    }
  }
}
