package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The firmware as it was built for this machine; tests of it are skipped, with the mend, where it was not.
final class HostLibrary {
  private HostLibrary() {}

  static Path path() {
    Path root = Path.of(System.getProperty("mortal.root", ".."));
    Path library = root.resolve("firmware/target/host/libmortal.so").toAbsolutePath().normalize();
    assumeTrue(
        Files.exists(library),
        "the firmware library was not built: apt-get install gcc make, then ./mvnw verify builds"
            + " it");
    return library;
  }

  static NativeFunctions functions() {
    return assertInstanceOf(NativeLibrary.Usable.class, NativeLibrary.load(path())).functions();
  }
}
