package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.train.ChipOpener;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;
import org.mortal.sim.ChipPopulation;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.SimChip;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.ReadNoise;

/// The chips of a benchmark, by name: those asked for, what they would be with noise that differs from cell to cell, and the
/// ideal one.
///
/// @param chips the first is the one that was asked for first
record Rack(Map<String, Chip> chips) implements AutoCloseable {
  private static final String IDEAL = "sim:ideal";
  private static final long SEED = 1;

  static Rack open(List<String> addresses, ChipOpener opener, Kernels kernels) {
    Rack rack = new Rack(new LinkedHashMap<>());
    try {
      for (String address : addresses) {
        Chip chip = opener.open(address, kernels);
        rack.chips.put(address, chip);
        if (chip.bare() instanceof SimChip sim && sim.profile().cells().readNoise().siemens() > 0) {
          ChipPopulation population = new ChipPopulation(noiseByCell(sim.profile()));
          int arrays = sim.arrays().size();
          rack.chips.put(
              address + ", noise by cell",
              sim.arraysLimited()
                  ? population.chip(SEED, arrays, kernels)
                  : population.chip(SEED, kernels));
        }
      }
      rack.chips.put(IDEAL, opener.open(IDEAL, kernels));
      return rack;
    } catch (RuntimeException | Error e) {
      rack.close();
      throw e;
    }
  }

  /// The same noise in the middle of the window, and in proportion to the conductance.
  private static ChipProfile noiseByCell(ChipProfile profile) {
    CellModel cells = profile.cells();
    double middle = (cells.window().minSiemens() + cells.window().maxSiemens()) / 2;
    return profile.with(cells.with(new ReadNoise(0, cells.readNoise().siemens() / middle)));
  }

  String id() {
    return chips.values().iterator().next().id();
  }

  @Override
  public void close() {
    new ArrayList<>(chips.values()).reversed().forEach(Chip::close);
  }
}
