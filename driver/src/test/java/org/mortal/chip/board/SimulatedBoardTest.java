package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipContract;
import org.mortal.chip.ChipException;
import org.mortal.chip.CrossbarContract;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Fault;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.RefusalContract;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Firmware in this process, over a chip in Java that it calls back, keeps the contracts of the port.
class SimulatedBoardTest {
  private static final Converters CONVERTERS = new Converters(0, 0.2, 0, 1e-3);

  private static ExactChip exact(Sensing sensing) {
    return new ExactChip(12, 10, sensing, 3);
  }

  private static BoardChip over(Chip chip) {
    return LibProvider.open(HostLibrary.path(), new Backplane(chip, CONVERTERS, 1));
  }

  @Nested
  class SingleArray extends CrossbarContract {
    @Override
    protected Chip open() {
      return over(exact(Sensing.SINGLE));
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
      ExactChip chip = exact(Sensing.DIFFERENTIAL);
      stuck.forEach(chip.array(0)::stick);
      chip.array(0).offset(3e-6);
      return over(chip);
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
  class Refusing extends RefusalContract {
    @Override
    protected Chip open() {
      return over(exact(Sensing.DIFFERENTIAL));
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
      return over(exact(Sensing.DIFFERENTIAL));
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Test
  void aStoppedBoardRefusesUntilItIsResumed() {
    ExactChip chip = exact(Sensing.SINGLE);
    try (BoardChip board = over(chip)) {
      PulseTrain train =
          PulseTrain.single(board.geometry(), new Cell(1, 2), 3, board.limits().write());
      board.stop();
      ChipException refusal =
          assertThrows(ChipException.class, () -> board.arrays().get(1).pulse(train));
      assertEquals(1, assertInstanceOf(Fault.Interrupted.class, refusal.fault()).array());
      assertEquals(0, chip.telemetry().pulses());
      board.resume();
      board.arrays().get(1).pulse(train);
      assertEquals(3, chip.telemetry().pulses());
    }
  }

  @Test
  void aChipThatFailsIsAFaultAndNotACrash() {
    ExactChip chip = exact(Sensing.SINGLE);
    BoardChip board = over(chip);
    chip.close();
    ChipException refusal =
        assertThrows(ChipException.class, () -> board.arrays().get(0).read(Batch.zeros(1, 12)));
    assertInstanceOf(Fault.Hardware.class, refusal.fault());
    assertTrue(board.counters().get("refusals") >= 0);
    board.close();
  }
}
