package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.ChipOpener;
import org.mortal.chip.Chip;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.board.LinkCounters;

/// What goes over the links of all boards that a command opens: said with its result, and in the manifest of its run.
final class Links {
  private static final String KEY = "link";

  private final List<BoardChip> boards = new ArrayList<>();

  /// Since the boards were opened.
  ///
  /// @param bytesOut to boards, framing among them
  /// @param bytesIn from boards
  /// @param frames both ways
  /// @param retries commands that were sent again
  /// @param seconds in which commands were under way, what boards took for them among it
  record Use(long bytesOut, long bytesIn, long frames, long retries, double seconds) {
    private static final Use NONE = new Use(0, 0, 0, 0, 0);

    private Use and(LinkCounters more) {
      return new Use(
          bytesOut + more.bytesOut(),
          bytesIn + more.bytesIn(),
          frames + more.framesOut() + more.framesIn(),
          retries + more.retries(),
          seconds + more.busySeconds());
    }
  }

  /// Opens chips as `opener` does, and counts what goes over the links of those that have one.
  ChipOpener watching(ChipOpener opener) {
    return (address, kernels) -> {
      Chip chip = opener.open(address, kernels);
      if (chip.bare() instanceof BoardChip board && board.link().isPresent()) {
        add(board);
      }
      return chip;
    };
  }

  private synchronized void add(BoardChip board) {
    boards.add(board);
  }

  /// All of it so far; nothing where no board has a link.
  synchronized Optional<Use> use() {
    Use use = Use.NONE;
    for (BoardChip board : boards) {
      use = use.and(board.link().orElseThrow());
    }
    return boards.isEmpty() ? Optional.empty() : Optional.of(use);
  }

  /// A manifest that says what went over the links too.
  RunManifest complete(RunManifest manifest) {
    return use().map(use -> manifest.withFigure(KEY, use)).orElse(manifest);
  }

  /// A result as one line of JSON.
  String line(Object result) {
    return use().map(use -> Json.lineWith(result, KEY, use)).orElseGet(() -> Json.line(result));
  }

  /// A line for people, or nothing.
  String text() {
    return use()
        .map(use ->
            "link: %s out, %s in, %d frames, %d commands sent again, %s under way%n"
                .formatted(
                    Units.format(use.bytesOut(), "B"),
                    Units.format(use.bytesIn(), "B"),
                    use.frames(),
                    use.retries(),
                    Units.format(use.seconds(), "s")))
        .orElse("");
  }
}
