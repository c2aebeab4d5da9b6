package org.mortal.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.board.Backplane;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// The short version of `bench/mortal measure faults`.
class FaultCampaignTest {
  private static final String ADDRESS = "sim:ideal?rows=16&columns=16&arrays=2";
  private static final FaultPlan PLAN = new FaultPlan(1500, 6, 6, FaultPlan.BAD_LINE, 7);

  @Test
  void noPulseSuffersFromABadLineRestartsAndPulledCables() {
    var library = FirmwareLibrary.path();
    Kernels kernels = Kernels.select(1);
    try (Chip chip = Chips.open(ADDRESS, kernels);
        Chip twin = Chips.open(ADDRESS, kernels)) {
      PulseLedger ledger = PulseLedger.of(chip, twin);
      Backplane backplane = new Backplane(chip, EmulatedBoard.converters(chip), 1, ledger);
      try (CampaignRig rig = new LibraryRig(library, backplane, new Philox(Philox.key(2)))) {
        CampaignResult result = new FaultCampaign(PLAN, rig, ledger, twin, () -> {}).run();
        assertEquals(List.of(), result.violations());
        assertTrue(result.reads() > 500 && result.done() > 300, result.toString());
        assertTrue(result.refused() > 30, result.toString());
        // The campaign has done what it is for.
        assertEquals(6, result.restarts());
        assertEquals(6, result.unplugs());
        assertTrue(result.hits() > 3 && result.unknown() > 0, result.toString());
        assertTrue(result.injected().flips() > 20 && result.retries() > 20, result.toString());
      }
    }
  }
}
