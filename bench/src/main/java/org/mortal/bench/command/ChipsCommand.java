package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Chips;
import org.mortal.chip.board.Boards;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal chips`: what can be opened here.
@Command(
    name = "chips",
    description = {
      "Lists simulated chips with the sources of their figures, and boards found.",
      "Files that are given are checked as profiles and listed too; a profile of your own may begin with --show hfox."
    },
    footer = {"", "Example:", "  bench/mortal chips --show hfox"})
public final class ChipsCommand implements Callable<Integer> {
  private static final int TEXT_WIDTH = 92;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PROFILE",
      arity = "0..*",
      description = "Profiles of your own, .toml or .json files.")
  private List<Path> files = List.of();

  @Option(
      names = "--show",
      paramLabel = "NAME",
      description = "Print the file of a profile that comes with Mortal, and nothing else.")
  private String shown;

  @Option(
      names = "--ask",
      description = "Ask who is at each port found; this may disturb something else there.")
  private boolean ask;

  /// A chip that can be opened.
  ///
  /// @param address how to open it
  record Preset(String name, String address, String description, String source) {}

  /// A serial port that may lead to a board.
  ///
  /// @param address how to open it
  /// @param likely whether its USB id is that of a board, and not of an adapter that anything may stand behind
  /// @param answer who is there, or why nobody answers; null if not asked
  record Board(String address, String description, boolean likely, String answer) {}

  record Listing(List<Preset> presets, List<Board> boards) {}

  @Override
  public Integer call() {
    if (shown != null) {
      return show();
    }
    List<Preset> presets = new ArrayList<>();
    for (Path file : files) {
      ChipProfile profile = ProfileFile.read(file);
      presets.add(
          new Preset(profile.name(), "sim:" + file, profile.description(), profile.source()));
    }
    for (ChipProvider provider : Chips.providers()) {
      for (ChipProvider.Preset preset : provider.presets()) {
        presets.add(
            new Preset(
                preset.name(),
                provider.scheme() + ":" + preset.name(),
                preset.description(),
                preset.source()));
      }
    }
    List<Board> boards = boards();
    return common.finish(new Listing(presets, boards), text(presets, boards));
  }

  private int show() {
    if (!Profiles.names().contains(shown)) {
      throw common.wrong(
          "--show: no profile '%s'; there are %s"
              .formatted(shown, String.join(", ", Profiles.names())));
    }
    String text = ProfileFile.builtInText(shown);
    return common.finish(Map.of("profile", shown, "text", text), text);
  }

  private List<Board> boards() {
    return Boards.list().stream()
        .map(found ->
            new Board(
                found.address(),
                found.description(),
                found.likely(),
                ask ? Boards.ask(found) : null))
        .toList();
  }

  private static String text(List<Preset> presets, List<Board> boards) {
    StringBuilder text = new StringBuilder();
    for (Preset preset : presets) {
      text.append(preset.address()).append('\n');
      wrap(text, preset.description());
      wrap(text, "source: " + preset.source());
    }
    text.append(boards.isEmpty() ? "\nno boards found\n" : "\nboards found\n");
    for (Board board : boards) {
      text.append(board.address()).append('\n');
      wrap(text, board.description());
      if (board.answer() != null) {
        wrap(text, board.answer());
      }
    }
    return text.toString();
  }

  private static void wrap(StringBuilder text, String paragraph) {
    int column = 0;
    for (String word : paragraph.split(" ")) {
      if (column == 0 || column + 1 + word.length() > TEXT_WIDTH) {
        text.append(column == 0 ? "" : "\n").append("    ").append(word);
        column = 4 + word.length();
      } else {
        text.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    text.append('\n');
  }
}
