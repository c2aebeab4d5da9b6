package org.mortal.chip;

import java.util.Set;
import org.junit.jupiter.api.Nested;

/// The chip that other tests stand on keeps the contracts of the port, with either sensing.
class ExactChipTest {
  private static Chip chip(Sensing sensing) {
    return new ExactChip(12, 10, sensing, 3);
  }

  @Nested
  class SingleArray extends CrossbarContract {
    @Override
    protected Chip open() {
      return chip(Sensing.SINGLE);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    @Override
    protected Set<Cell> stuck(Chip chip) {
      return Set.of();
    }
  }

  @Nested
  class DifferentialArray extends CrossbarContract {
    private final Set<Cell> stuck =
        Set.of(new Cell(0, 3), new Cell(4, 4), new Cell(11, 9), new Cell(7, 5));

    @Override
    protected Chip open() {
      ExactChip chip = new ExactChip(12, 10, Sensing.DIFFERENTIAL, 3);
      stuck.forEach(chip.array(0)::stick);
      chip.array(0).offset(3e-6);
      return chip;
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    @Override
    protected Set<Cell> stuck(Chip chip) {
      return stuck;
    }
  }

  @Nested
  class SingleRefusals extends RefusalContract {
    @Override
    protected Chip open() {
      return chip(Sensing.SINGLE);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class DifferentialRefusals extends RefusalContract {
    @Override
    protected Chip open() {
      return chip(Sensing.DIFFERENTIAL);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class SingleTransposed extends TransposedContract {
    @Override
    protected Chip open() {
      return chip(Sensing.SINGLE);
    }
  }

  @Nested
  class DifferentialTransposed extends TransposedContract {
    @Override
    protected Chip open() {
      return chip(Sensing.DIFFERENTIAL);
    }
  }

  @Nested
  class WholeChip extends ChipContract {
    @Override
    protected Chip open() {
      return chip(Sensing.DIFFERENTIAL);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }
}
