package org.mortal.chip.replay;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.ExactChip;
import org.mortal.chip.RefusalContract;
import org.mortal.chip.Sensing;

/// Who is recorded notices nothing of it.
class RecordContractTest {
  @TempDir private static Path folder;
  private static int sessions;

  private static Chip chip() {
    Chip exact = new ExactChip(12, 10, Sensing.DIFFERENTIAL, 3);
    return new RecordingChip(exact, folder.resolve("session-%d.jsonl".formatted(sessions++)));
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

    @Override
    protected Set<Cell> stuck(Chip chip) {
      return Set.of();
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
