package org.mortal.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.run.RunException;
import org.mortal.chip.Chip;
import org.mortal.chip.board.BoardChip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal board CHIP`: what a board keeps of itself, and how to change it.
@Command(
    name = "board",
    description = "Prints a board's settings, changes them, or restarts it.",
    footer = {
      "",
      "Example:",
      "  bench/mortal board serial:/dev/ttyACM0 --set board_name=bench-2 --restart"
    })
public final class BoardCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "CHIP", description = "The address of a board.")
  private String address;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set board_name, chip_id or silence_millis; may be repeated. An empty name or id stands"
              + " for the one that the firmware was built with.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(names = "--restart", description = "Restart the firmware, after all settings are set.")
  private boolean restart;

  /// @param kept whether the settings outlast a restart
  record Board(
      String address,
      String id,
      String firmware,
      Map<String, String> settings,
      boolean kept,
      boolean restarted) {}

  @Override
  public Integer call() {
    try (Chip chip = common.chips().open(address, common.kernels())) {
      if (!(chip.bare() instanceof BoardChip board)) {
        throw new RunException(
            address + " is no board, so it has no settings: give serial:PORT or tcp:HOST:PORT",
            null);
      }
      set(board);
      if (restart) {
        board.restart();
      }
      Board now =
          new Board(
              address,
              board.id(),
              board.firmware(),
              board.settings(),
              board.keepsSettings(),
              restart);
      return common.finish(now, text(now));
    }
  }

  private void set(BoardChip board) {
    try {
      changes.forEach(board::set);
    } catch (IllegalArgumentException e) {
      throw common.wrong("--set: " + e.getMessage());
    }
  }

  private static String text(Board board) {
    StringBuilder text = new StringBuilder();
    board.settings().forEach((name, value) -> text.append("%-15s %s%n".formatted(name, value)));
    text.append("%-15s %s%n".formatted("firmware", board.firmware()));
    text.append(
        "its settings %s a restart\n".formatted(board.kept() ? "outlast" : "do not outlast"));
    return text.append(board.restarted() ? "restarted\n" : "").toString();
  }
}
