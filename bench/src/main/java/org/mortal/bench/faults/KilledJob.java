package org.mortal.bench.faults;

import java.nio.file.Path;
import java.util.List;
import org.mortal.bench.book.BookPlace;

/// A command that a [KillCampaign] kills, and what must be true of what it leaves.
public interface KilledJob {

  /// The command from its name on; it keeps its runs in `runs`, and prints JSON with the key `run`.
  List<String> begin(Path runs);

  /// The command that goes on with the run in `folder`; it prints the same.
  List<String> goOn(Path folder);

  /// What every such command is told: to keep its runs, and their book, in `runs`.
  static List<String> here(Path runs) {
    String book = runs.resolve(BookPlace.FILE).toString();
    return List.of("--json", "--threads", "1", "--runs", runs.toString(), "--book", book);
  }

  /// The files in a run's folder that grow or come to be with each step: those that are there so far.
  List<Path> steps(Path folder);

  /// What is wrong with files of a run whose process was killed just now: none may be half written, but for what the run
  /// itself knows to be unfinished.
  List<String> checkKilled(Path folder);

  /// What is wrong with a run that was killed and went on until it was done.
  ///
  /// @param whole folder of a run that nothing interrupted
  /// @param folder of this one
  /// @param json what it printed at last
  /// @param pulses that cells were given in it
  Verdict judge(Path whole, Path folder, String json, long pulses);

  /// @param resumptions kills that struck between the first step and the last
  /// @param uncertain those of them that struck while pulses were under way
  /// @param violations empty where all is well
  record Verdict(int resumptions, int uncertain, List<String> violations) {}
}
