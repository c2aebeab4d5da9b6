package org.mortal.bench.emulate;

import java.nio.file.Files;
import java.nio.file.Path;

/// What the build made of the firmware for this machine.
public final class Firmware {
  private Firmware() {}

  /// The project's folder: the launcher and the build say where it is.
  public static Path root() {
    return Path.of(System.getProperty("mortal.root", "")).toAbsolutePath().normalize();
  }

  /// The firmware as a library.
  ///
  /// @throws EmulationException if it was not built
  public static Path library() {
    Path library = root().resolve("firmware/target/host/libmortal.so");
    if (!Files.isRegularFile(library)) {
      throw new EmulationException(
          "%s was not built: apt-get install gcc make libc6-dev, then ./mvnw package -DskipTests"
              .formatted(library),
          null);
    }
    return library;
  }
}
