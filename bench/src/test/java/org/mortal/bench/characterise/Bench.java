package org.mortal.bench.characterise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;

/// Characterisations of simulated chips in a folder of the test.
record Bench(Path folder) {
  private static final Kernels KERNELS = Kernels.select(1);

  static Chip open(String address) {
    return Chips.open(address, KERNELS);
  }

  /// A chip of a profile that the test states.
  Chip open(String profile, String parameters) throws IOException {
    Path toml = Files.writeString(folder.resolve("test.toml"), profile);
    return open("sim:%s?%s".formatted(toml, parameters));
  }

  static Characteriser of(Chip chip, Kind kind, Region region, Wishes wishes) {
    return new Characteriser(chip, 0, kind, region, wishes);
  }

  /// Carries out a plan that nothing interrupts.
  Readings run(Characteriser characteriser) {
    RunFolder run = RunFolder.create(folder, "test");
    try (Interruption interruption = Interruption.listen()) {
      characteriser.run(run, false, interruption, _ -> {});
    }
    return characteriser.readings(run);
  }

  /// What a kind finds of all cells of a chip.
  Findings find(Chip chip, Kind kind, Wishes wishes) {
    Region all = Region.all(chip.arrays().getFirst().geometry());
    Characteriser characteriser = of(chip, kind, all, wishes);
    return characteriser.find(run(characteriser)).orElseThrow();
  }

  static double figure(Findings findings, String name) {
    return ((Number) findings.figures().get(name)).doubleValue();
  }
}
