package org.mortal.bench.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mortal.bench.run.RunException;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.kernel.Kernels;

/// What a calibration of one array comes to, found by calibrating one that is not there: of the same shape and limits, with
/// cells at the low end, and noise of half a hundredth of full scale.
///
/// A chip with more noise or fuller cells takes a little more or less of each. Bytes are an estimate for a board with
/// drivers of 8 bits and samples of 16 bits, without what is sent again.
///
/// @param vectors read
/// @param pulses to all cells together
/// @param pulsesPerCell most pulses to one cell: its wear
/// @param waitSeconds in which nothing happens, and which a chip of virtual time does not take
/// @param linkBytes both ways
public record Rehearsal(
    long vectors, long pulses, long pulsesPerCell, double waitSeconds, long linkBytes) {

  /// Rehearses; nothing is asked of a real array.
  ///
  /// @throws RunException if there is no room for temporary files
  public static Rehearsal of(Geometry geometry, Limits limits, Settings settings, Kernels kernels) {
    RehearsedChip chip = new RehearsedChip(geometry, limits);
    try {
      Path folder = Files.createTempDirectory("mortal-rehearsal");
      try {
        new Calibrator(chip, settings, kernels, folder)
            .run(new int[] {0}, () -> false, stage -> {});
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw RunException.of(
          "cannot write to", Path.of(System.getProperty("java.io.tmpdir")), e, "free some space");
    }
    return chip.counted();
  }

  private static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
