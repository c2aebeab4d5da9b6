package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;

/// A chip costs memory in proportion to its cells, and says how much.
class MemoryTest {
  private static final Kernels KERNELS = Kernels.select(1);

  private static ChipProfile profile(int lines) {
    return TestProfiles.PROFILE.with(
        new Geometry(lines, lines, TestProfiles.PROFILE.geometry().sensing()));
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// 180 MB: a population for statistics, or a server of chips.
  @Test
  void aThousandChipsFitBesideEachOther() {
    Batch inputs = Batches.filled(1, 128, 0.1f);
    long before = heapBytes();
    List<SimChip> chips = new ArrayList<>();
    long bytes = 0;
    for (int seed = 0; seed < 1000; seed++) {
      SimChip chip = new ChipPopulation(profile(128)).chip(seed, 1, KERNELS);
      chip.arrays().get(0).read(inputs);
      chips.add(chip);
      bytes += chip.bytes();
    }
    long heap = heapBytes() - before;
    // The map lies outside the heap: 64 outputs a row, in an odd number of cache lines.
    long map = 1000L * 128 * 80 * Float.BYTES;
    assertEquals(bytes - map, heap, 0.05 * heap, "bytes() against the heap");
    assertTrue(bytes < 1000L * 128 * 128 * 12, bytes + " bytes");
    assertEquals(1000, chips.size());
  }

  @Test
  void memoryGrowsWithCells() {
    double small = bytesPerCell(128);
    double large = bytesPerCell(512);
    assertEquals(small, large, 0.1 * small);
    assertEquals(0, new ChipPopulation(profile(128)).chip(1, KERNELS).bytes());
  }

  private static double bytesPerCell(int lines) {
    SimChip chip = new ChipPopulation(profile(lines)).chip(1, 1, KERNELS);
    chip.arrays().get(0).geometry();
    return (double) chip.bytes() / lines / lines;
  }
}
