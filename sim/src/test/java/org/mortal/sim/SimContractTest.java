package org.mortal.sim;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.Chips;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.RefusalContract;
import org.mortal.chip.TransposedContract;
import org.mortal.kernel.Kernels;

/// The simulated chips keep the contracts of the port, opened by address as a user does.
class SimContractTest {
  private static final Kernels KERNELS = Kernels.select(2);

  private static Chip chip(String profile) {
    return Chips.open("sim:" + profile + "?seed=3&rows=36&columns=24&arrays=3", KERNELS);
  }

  private abstract static class Array extends CrossbarContract {
    private final String profile;

    Array(String profile) {
      this.profile = profile;
    }

    @Override
    protected Chip open() {
      return chip(profile);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    @Override
    protected Set<Cell> stuck(Chip chip) {
      boolean[][] stuck = ((SimChip) chip).truth(0).stuck();
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
    private final String profile;

    Refusing(String profile) {
      this.profile = profile;
    }

    @Override
    protected Chip open() {
      return chip(profile);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  private abstract static class Whole extends ChipContract {
    private final String profile;

    Whole(String profile) {
      this.profile = profile;
    }

    @Override
    protected Chip open() {
      return chip(profile);
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  private abstract static class Transposed extends TransposedContract {
    private final String profile;

    Transposed(String profile) {
      this.profile = profile;
    }

    @Override
    protected Chip open() {
      return chip(profile);
    }
  }

  @Nested
  class IdealArray extends Array {
    IdealArray() {
      super("ideal");
    }
  }

  @Nested
  class HfoxArray extends Array {
    HfoxArray() {
      super("hfox");
    }
  }

  @Nested
  class HarshArray extends Array {
    HarshArray() {
      super("hfox-harsh");
    }
  }

  @Nested
  class IdealTransposed extends Transposed {
    IdealTransposed() {
      super("ideal");
    }
  }

  @Nested
  class HfoxTransposed extends Transposed {
    HfoxTransposed() {
      super("hfox");
    }
  }

  @Nested
  class HarshTransposed extends Transposed {
    HarshTransposed() {
      super("hfox-harsh");
    }
  }

  @Nested
  class IdealRefuses extends Refusing {
    IdealRefuses() {
      super("ideal");
    }
  }

  @Nested
  class HfoxRefuses extends Refusing {
    HfoxRefuses() {
      super("hfox");
    }
  }

  @Nested
  class HarshRefuses extends Refusing {
    HarshRefuses() {
      super("hfox-harsh");
    }
  }

  @Nested
  class IdealChip extends Whole {
    IdealChip() {
      super("ideal");
    }
  }

  @Nested
  class HfoxChip extends Whole {
    HfoxChip() {
      super("hfox");
    }
  }

  @Nested
  class HarshChip extends Whole {
    HarshChip() {
      super("hfox-harsh");
    }
  }
}
