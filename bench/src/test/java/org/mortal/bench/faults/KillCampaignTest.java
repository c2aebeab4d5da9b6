package org.mortal.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.board.Backplane;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// The short version of `bench/mortal measure kills`.
@Timeout(400)
class KillCampaignTest {
  private static final String ADDRESS = "sim:hfox-lab?seed=1&rows=8&columns=8&arrays=1";
  private static final EmulatedPort PORT = EmulatedPort.HOST;
  private static final int KILLS = 12;
  private static final int FEW_KILLS = 5;

  @TempDir Path folder;

  @Test
  void aCharacterisationSurvivesThatItsProcessIsKilled() {
    KillResult result = kill(address -> new KilledCharacterisation(address, 8), KILLS);
    // The campaign has done what it is for.
    assertTrue(result.resumptions() >= 2 && result.runs() > 0, result.toString());
    // The book was open when processes were killed.
    Book book = Book.openExisting(new BookPlace.InFile(folder.resolve(BookPlace.FILE)));
    assertTrue(book.chips().size() == 1 && !book.wear().isEmpty());
  }

  @Test
  void aCalibrationSurvivesThatItsProcessIsKilled() {
    KillResult result = kill(KilledCalibration::new, FEW_KILLS);
    assertTrue(result.resumptions() >= 1 && result.runs() > 0, result.toString());
  }

  private KillResult kill(Function<String, KilledJob> job, int kills) {
    assumeTrue(PORT.missing() == null, PORT.missing());
    Kernels kernels = Kernels.select(1);
    try (Chip chip = Chips.open(ADDRESS, kernels)) {
      Backplane backplane = new Backplane(chip, EmulatedBoard.converters(chip), 1);
      try (EmulatedBoard board = EmulatedBoard.start(PORT, backplane, folder.resolve("board"))) {
        board.waitUntilReady(Duration.ofSeconds(30), kernels);
        KillCampaign campaign =
            new KillCampaign(
                job.apply(board.address()), chip, backplane, folder, new Philox(Philox.key(2)));
        KillResult result = campaign.run(kills, () -> {});
        assertEquals(List.of(), result.violations());
        assertEquals(kills, result.kills());
        return result;
      }
    }
  }
}
