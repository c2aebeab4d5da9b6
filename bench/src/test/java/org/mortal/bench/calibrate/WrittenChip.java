package org.mortal.bench.calibrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Small simulated chips whose cells hold something, perhaps with a quirk that no preset has.
final class WrittenChip {
  static final Kernels KERNELS = Kernels.select(1);

  private WrittenChip() {}

  /// @param quirk lines of a profile that extends `profile`, or nothing
  /// @param folder where the profile is written
  static Chip of(String profile, String quirk, int seed, int rows, int columns, Path folder) {
    String name = profile;
    if (!quirk.isEmpty()) {
      Path file = folder.resolve("quirk.toml");
      try {
        Files.writeString(
            file, "extends = \"%s\"\nname = \"quirk\"\n%s\n".formatted(profile, quirk));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      name = file.toString();
    }
    String address = "sim:%s?seed=%d&rows=%d&columns=%d".formatted(name, seed, rows, columns);
    Chip chip = Chips.open(address, KERNELS);
    write(chip.arrays().getFirst());
    return chip;
  }

  private static void write(Crossbar crossbar) {
    Limits limits = crossbar.limits();
    int most = (int) (limits.windowSiemens() / limits.write().stepSiemens());
    short[] counts = new short[crossbar.geometry().cells()];
    Philox random = new Philox(Philox.key(77));
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(most);
    }
    crossbar.pulse(PulseTrain.nominal(counts, limits.write()));
  }
}
