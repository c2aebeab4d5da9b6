package org.mortal.bench.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.mortal.bench.emulate.Firmware;

/// The firmware as a library; tests of it are skipped, with the mend, where it was not built.
final class FirmwareLibrary {
  private FirmwareLibrary() {}

  static Path path() {
    assumeTrue(Firmware.missing() == null, Firmware.missing());
    return Firmware.library();
  }
}
