package org.mortal.bench.selftest;

import java.util.List;
import java.util.Map;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.Units;
import org.mortal.chip.Chip;
import org.mortal.chip.board.BoardChip;

/// Whether frames reach a board whole: its own counts, from before the other checks to after them.
final class LinkCheck {
  /// A sound link loses far fewer; one that loses this share is slow, though never wrong.
  private static final double LIMIT = 0.01;

  private static final int ROUND_TRIPS = 15;
  private static final List<String> BAD = List.of("crc_errors", "resyncs", "gaps", "overflows");

  private final BoardChip board;
  private final Map<String, Long> before;

  private LinkCheck(BoardChip board) {
    this.board = board;
    this.before = board.counters();
  }

  /// Begins to count; null where there is no link.
  static LinkCheck begin(Chip chip) {
    return chip.bare() instanceof BoardChip board && board.counters().get("frames_in") > 0
        ? new LinkCheck(board)
        : null;
  }

  Check end() {
    double[] seconds = new double[ROUND_TRIPS];
    for (int i = 0; i < ROUND_TRIPS; i++) {
      long start = System.nanoTime();
      board.counters();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Map<String, Long> after = board.counters();
    long bad = BAD.stream().mapToLong(name -> after.get(name) - before.get(name)).sum();
    long frames = after.get("frames_in") - before.get("frames_in");
    return Check.atMost(
        "link",
        null,
        (double) bad / frames,
        LIMIT,
        "%d bad frames among %d; there and back takes %s"
            .formatted(bad, frames, Units.format(Quantiles.of(seconds, 0.5), "s")));
  }
}
