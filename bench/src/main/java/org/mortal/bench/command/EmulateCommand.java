package org.mortal.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal emulate`: a board that others may open, until Ctrl-C.
@Command(
    name = "emulate",
    description =
        "Runs the firmware over a simulated chip, at a serial line that any program may open, until"
            + " Ctrl-C.",
    footer = {
      "",
      "Example:",
      "  bench/mortal emulate --port host --chip 'sim:hfox?seed=1&arrays=8' --link /tmp/board"
    })
public final class EmulateCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  /// A board has a number of arrays, a simulated chip as many as are asked for.
  private static final int ARRAYS = 8;

  @Mixin private CommonOptions common;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "host",
      description =
          "host (a process of this machine) or stm32f405 (the microcontroller in QEMU); default:"
              + " ${DEFAULT-VALUE}.")
  private String port;

  @Option(
      names = "--chip",
      paramLabel = "CHIP",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description =
          "The chip on the board; 8 arrays unless it says how many; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--link",
      paramLabel = "PATH",
      required = true,
      description = "Where the serial line appears.")
  private Path link;

  /// @param telemetry of the simulated chip, since the board was switched on
  record Result(String link, String id, String port, Telemetry telemetry) {}

  @Override
  public Integer call() throws Exception {
    EmulatedPort emulated = port(port, common);
    Kernels kernels = common.kernels();
    try (Chip chip = common.chipsForOthers().open(withArrays(address), kernels)) {
      return common.interruptible(interruption -> serve(emulated, chip, kernels, interruption));
    }
  }

  private int serve(EmulatedPort emulated, Chip chip, Kernels kernels, Interruption interruption) {
    // Ctrl-C is how a board is switched off, so it is no failure.
    interruption.endWith(0);
    try (EmulatedBoard board = EmulatedBoard.start(emulated, chip, link)) {
      board.waitUntilReady(PATIENCE, kernels);
      PrintWriter out = common.spec().commandLine().getOut();
      out.println("ready " + link);
      out.flush();
      while (!interruption.requested()) {
        board.requireAlive();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    Telemetry used = chip.telemetry();
    return common.finish(
        new Result(link.toString(), chip.id(), port, used),
        "switched off after %d vectors read and %d pulses"
            .formatted(used.arrayReads(), used.pulses()));
  }

  /// The port of that name.
  ///
  /// @throws picocli.CommandLine.ParameterException if there is none
  static EmulatedPort port(String port, CommonOptions common) {
    try {
      return EmulatedPort.valueOf(port.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw common.wrong("--port must be host or stm32f405, not '%s'".formatted(port));
    }
  }

  private static String withArrays(String address) {
    ChipAddress parsed = ChipAddress.parse(address);
    if (!parsed.scheme().equals("sim") || parsed.parameters().containsKey("arrays")) {
      return address;
    }
    return "%s%sarrays=%d".formatted(address, parsed.parameters().isEmpty() ? "?" : "&", ARRAYS);
  }
}
