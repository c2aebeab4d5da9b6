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

  /// Why there is no firmware library here, with the mend, or null if there is one.
  public static String missing() {
    return Files.isRegularFile(built())
        ? null
        : "%s was not built: apt-get install gcc make libc6-dev, then ./mvnw package -DskipTests"
            .formatted(built());
  }

  /// The firmware as a library.
  ///
  /// @throws EmulationException if it was not built
  public static Path library() {
    String missing = missing();
    if (missing != null) {
      throw new EmulationException(missing, null);
    }
    return built();
  }

  private static Path built() {
    return root().resolve("firmware/target/host/libmortal.so");
  }
}
