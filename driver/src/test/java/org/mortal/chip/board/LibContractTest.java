package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.Chips;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.RefusalContract;
import org.mortal.chip.Refusals;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// Firmware in this process, over its built-in array, keeps the contracts of the port.
class LibContractTest {
  private static Chip chip() {
    return Chips.open(
        "lib:%s?seed=3&rows=36&columns=24&arrays=3".formatted(HostLibrary.path()), Kernels.plain());
  }

  @Nested
  class Array extends CrossbarContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    /// Those that a long train leaves where they were on another chip of the same seed.
    @Override
    protected Set<Cell> stuck(Chip chip) {
      try (Chip other = chip()) {
        Crossbar crossbar = other.arrays().get(0);
        Batch before = new ProgramVerify(crossbar).measure(4);
        short[] counts = new short[crossbar.geometry().cells()];
        Arrays.fill(counts, (short) 100);
        crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
        Batch after = new ProgramVerify(crossbar).measure(4);
        Set<Cell> stuck = new HashSet<>();
        for (int i = 0; i < counts.length; i++) {
          Cell cell = crossbar.geometry().cell(i);
          double change =
              after.get(cell.row(), cell.column()) - before.get(cell.row(), cell.column());
          if (change < 0.05 * crossbar.limits().windowSiemens()) {
            stuck.add(cell);
          }
        }
        assertFalse(stuck.isEmpty());
        return stuck;
      }
    }
  }

  @Nested
  class Refusing extends RefusalContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  /// The host's checks are off, so it is the firmware that refuses.
  @Nested
  class FirmwareRefusing extends RefusalContract {
    @Override
    protected Chip open() {
      NativeBoard board = NativeBoard.open("lib:unchecked", HostLibrary.functions(), 3, 36, 24, 3);
      return BoardChip.unchecked(new NativeController(board));
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Test
  void firmwareHasNoTransposedRead() {
    try (Chip chip = chip()) {
      Crossbar crossbar = chip.arrays().get(0);
      assertFalse(crossbar.canReadTransposed());
      Refusals.assertRefused(
          () -> crossbar.readTransposed(ColumnRead.of(Batch.zeros(1, 1)), Batch.zeros(1, 1)),
          "cannot be read from columns to rows",
          "sim:hfox");
    }
  }

  @Nested
  class Whole extends ChipContract {
    @Override
    protected Chip open() {
      return chip();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }
}
