package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Philox;

/// Boards of three arrays for tests of [LinkController], which must keep to their credits; ended after each test.
final class FakeBoards implements AfterEachCallback {
  static final int ROWS = 40;
  static final int COLUMNS = 24;

  private final List<FakeBoard> boards = new ArrayList<>();

  FakeBoard board(int dacBits, int adcBits) {
    FakeBoard board = new FakeBoard(new FakeArrays(3, ROWS, COLUMNS, dacBits, adcBits));
    boards.add(board);
    return board;
  }

  static LinkController open(Link link, LinkOptions options) {
    return new LinkController(link, options, new Philox(Philox.key(3)));
  }

  static PulseTrain train(short[] counts) {
    return new PulseTrain(counts, 1.0, 0.9, 1e-6);
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    for (FakeBoard board : boards) {
      assertEquals(0, board.overflows, "the host has kept to its credits");
      board.end();
    }
  }
}
