package org.mortal.bench.emulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.TrainingJob;
import org.mortal.bench.train.TrainingRun;
import org.mortal.bench.train.TrainingRun.Figures;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Task;

/// The main job through the firmware comes to what it comes to on the chip itself.
@Timeout(180)
class BoardTrainingTest {
  /// The plain ones: they give a row the same bits in a batch of any size on every processor.
  private static final Kernels KERNELS = Kernels.plain();

  private static final String CHIP = "sim:hfox?seed=1&columns=64&arrays=4";

  private static final TrainingJob JOB =
      TrainingJob.of(
          Map.of(
              "--task", "digits",
              "--rule", "local-cross-entropy",
              "--slope", "nominal",
              "--chip", CHIP,
              "--seed", "1",
              "--layers", "784,32,10",
              "--epochs", "2",
              "--rate", "0.02",
              "--batch", "25"));

  /// A few of the digits, and no table of slopes, so that a serial line carries it all in seconds.
  private static Task few() {
    Task all = JOB.loadTask();
    return all.withParts(
        all.train().slice(0, 300), all.validation().slice(0, 100), all.test().slice(0, 100));
  }

  private static Figures train(ChipOpener chips) {
    try (TrainingRun run = new TrainingRun(JOB, few(), KERNELS, chips)) {
      return run.train(new Trainer.Listener() {}, () -> false);
    }
  }

  /// Bit for bit, but for the order in which the energies of arrays are added up: a simulated chip reads them side by side,
  /// a board one after another, which also makes it busy for longer.
  @ParameterizedTest
  @EnumSource(TestBoard.class)
  void figuresAreThoseOfTheChipItself(TestBoard board) {
    board.assumePossible();
    Figures direct = train(Chips::open);
    Figures through = train((address, kernels) -> board.open(address));
    assertEquals(direct.testError(), through.testError());
    assertEquals(direct.validationError(), through.validationError());
    assertEquals(direct.deviceQueries(), through.deviceQueries());
    assertEquals(direct.cellWrites(), through.cellWrites());
    assertEquals(direct.examples(), through.examples());
    assertEquals(direct.energyJoules(), through.energyJoules(), 1e-9 * direct.energyJoules());
    assertTrue(through.chipSeconds() >= direct.chipSeconds());
    assertTrue(direct.cellWrites() > 1000, direct.toString());
    assertTrue(direct.testError() < 0.7, direct.toString());
  }
}
