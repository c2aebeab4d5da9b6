package org.mortal.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Chips;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mortal chips`: what can be opened here.
@Command(
    name = "chips",
    description = "Lists simulated chips with the sources of their figures, and boards found.",
    footer = {"", "Example:", "  bench/mortal chips"})
public final class ChipsCommand implements Callable<Integer> {
  private static final int TEXT_WIDTH = 92;

  @Mixin private CommonOptions common;

  /// A chip that can be opened.
  ///
  /// @param address how to open it
  record Preset(String name, String address, String description, String source) {}

  /// @param boards addresses of boards; none until there is a driver for any
  record Listing(List<Preset> presets, List<String> boards) {}

  @Override
  public Integer call() {
    List<Preset> presets = new ArrayList<>();
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
    return common.finish(new Listing(presets, List.of()), text(presets));
  }

  private static String text(List<Preset> presets) {
    StringBuilder text = new StringBuilder();
    for (Preset preset : presets) {
      text.append(preset.address()).append('\n');
      wrap(text, preset.description());
      wrap(text, "source: " + preset.source());
    }
    return text.append("\nno boards found\n").toString();
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
