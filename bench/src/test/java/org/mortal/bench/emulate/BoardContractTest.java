package org.mortal.bench.emulate;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.RefusalContract;

/// A simulated chip behind real firmware keeps the contracts of the port, as it does without: by a library, by a process, on
/// the emulated microcontroller.
@Timeout(120)
class BoardContractTest {
  private static final String CHIP = "sim:hfox?seed=3&rows=12&columns=8&arrays=3";

  private abstract static class Array extends CrossbarContract {
    private final TestBoard board;

    Array(TestBoard board) {
      board.assumePossible();
      this.board = board;
    }

    @Override
    protected Chip open() {
      return board.open(CHIP);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    @Override
    protected Set<Cell> stuck(Chip chip) {
      boolean[][] stuck = ((TestBoard.Mounted) chip).sim().truth(0).stuck();
      Set<Cell> cells = new HashSet<>();
      for (int r = 0; r < stuck.length; r++) {
        for (int c = 0; c < stuck[r].length; c++) {
          if (stuck[r][c]) {
            cells.add(new Cell(r, c));
          }
        }
      }
      return cells;
    }
  }

  private abstract static class Refusing extends RefusalContract {
    private final TestBoard board;

    Refusing(TestBoard board) {
      board.assumePossible();
      this.board = board;
    }

    @Override
    protected Chip open() {
      return board.open(CHIP);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  private abstract static class Whole extends ChipContract {
    private final TestBoard board;

    Whole(TestBoard board) {
      board.assumePossible();
      this.board = board;
    }

    @Override
    protected Chip open() {
      return board.open(CHIP);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class LibraryArray extends Array {
    LibraryArray() {
      super(TestBoard.LIBRARY);
    }
  }

  @Nested
  class LibraryRefuses extends Refusing {
    LibraryRefuses() {
      super(TestBoard.LIBRARY);
    }
  }

  @Nested
  class LibraryChip extends Whole {
    LibraryChip() {
      super(TestBoard.LIBRARY);
    }
  }

  @Nested
  class HostArray extends Array {
    HostArray() {
      super(TestBoard.HOST);
    }
  }

  @Nested
  class HostRefuses extends Refusing {
    HostRefuses() {
      super(TestBoard.HOST);
    }
  }

  @Nested
  class HostChip extends Whole {
    HostChip() {
      super(TestBoard.HOST);
    }
  }

  @Nested
  class EmulatedArray extends Array {
    EmulatedArray() {
      super(TestBoard.STM32F405);
    }
  }

  @Nested
  class EmulatedRefuses extends Refusing {
    EmulatedRefuses() {
      super(TestBoard.STM32F405);
    }
  }

  @Nested
  class EmulatedChip extends Whole {
    EmulatedChip() {
      super(TestBoard.STM32F405);
    }
  }
}
