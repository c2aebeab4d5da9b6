package org.mortal.bench.emulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Fault;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.Converters;
import org.mortal.kernel.Kernels;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.SimChip;

/// Real firmware in a process of its own, at a serial line, over a chip in this process that stands in for converters and
/// cells.
///
/// The firmware may be killed and started again as often as one likes; the cells live on. One thread at a time; the chip
/// must not be used by anyone else while the board is on.
public final class EmulatedBoard implements AutoCloseable {
  private static final Duration WIRE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration END_PATIENCE = Duration.ofSeconds(3);
  private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
  private static final long RETRY_NANOS = Duration.ofMillis(50).toNanos();

  private final EmulatedPort port;
  private final Path link;
  private final Path folder;
  private final Path mcu;
  private final Path log;
  private final Backplane backplane;
  private final Watch watch;
  private Process wire;
  private Process firmware;
  private Thread server;
  private volatile Exception failure;

  private EmulatedBoard(EmulatedPort port, Path link, Path folder, Backplane backplane) {
    this.port = port;
    this.link = link;
    this.folder = folder;
    this.mcu = folder.resolve("mcu");
    this.log = folder.resolve("log");
    this.backplane = backplane;
    this.watch = Watch.start(link, folder);
  }

  /// Switches a board on.
  ///
  /// @param chip of a stated number of arrays; not closed with the board
  /// @param link where its serial line is to appear; a link that leads nowhere is replaced
  /// @throws EmulationException if something that it needs is missing, or `link` is in use
  public static EmulatedBoard start(EmulatedPort port, Chip chip, Path link) {
    return start(port, new Backplane(chip, converters(chip), System.nanoTime()), link);
  }

  /// The same over a backplane of the caller's.
  public static EmulatedBoard start(EmulatedPort port, Backplane backplane, Path link) {
    String missing = port.missing();
    if (missing != null) {
      throw new EmulationException(missing, null);
    }
    Path absolute = link.toAbsolutePath();
    claim(absolute);
    EmulatedBoard board = new EmulatedBoard(port, absolute, temporaryFolder(), backplane);
    try {
      board.replug();
      return board;
    } catch (RuntimeException | Error e) {
      board.close();
      throw e;
    }
  }

  /// The converters of a simulated chip; a chip that does not tell has none with steps.
  public static Converters converters(Chip chip) {
    if (chip.bare() instanceof SimChip sim && sim.profile().sense().adcBits() > 0) {
      ChipProfile profile = sim.profile();
      return new Converters(
          profile.dac().bits(),
          profile.dac().fullScaleVolts(),
          profile.sense().adcBits(),
          profile.sense().fullScaleAmps());
    }
    var limits = chip.arrays().getFirst().limits();
    return new Converters(0, limits.maxReadVolts(), 0, limits.fullScaleAmps());
  }

  private static void claim(Path link) {
    boolean leadsNowhere = Files.isSymbolicLink(link) && !Files.exists(link);
    try {
      if (leadsNowhere) {
        Files.delete(link);
      }
    } catch (IOException e) {
      throw new EmulationException("cannot replace %s: %s".formatted(link, e), e);
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      throw new EmulationException(
          "%s is there already: end the board that has it, remove it, or choose another path"
              .formatted(link),
          null);
    }
    if (!Files.isDirectory(link.getParent())) {
      throw new EmulationException(
          "there is no folder %s for the link: make it, or choose another path"
              .formatted(link.getParent()),
          null);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("mortal-board-");
    } catch (IOException e) {
      throw new EmulationException("cannot make a temporary folder: " + e, e);
    }
  }

  /// How to open the board's chip.
  public String address() {
    return "serial:" + link;
  }

  /// Cuts the board off its cable, and with it off its power: its line vanishes, its firmware forgets everything.
  public void unplug() {
    end(firmware, server);
    end(wire, null);
    removeLinks();
    watch.over();
  }

  /// Plugs it in again: the line comes back at the same path, and the firmware starts.
  public void replug() {
    List<String> line = port.wire(link, mcu);
    if (!line.isEmpty()) {
      wire = run(line);
      watch.over(wire);
      await("serial line", wire, () -> Files.exists(link) && Files.exists(mcu));
    }
    startFirmware();
  }

  /// Kills the firmware in the middle of whatever it does, and starts it again.
  public void restart() {
    end(firmware, server);
    if (wire == null) {
      removeLinks();
    }
    startFirmware();
  }

  private void startFirmware() {
    failure = null;
    Process started = run(port.firmware(port.image(), link, mcu));
    firmware = started;
    watch.over(wire, started);
    server = Thread.ofPlatform().daemon().name("mortal-backplane").start(() -> serve(started));
    await("link", started, () -> Files.exists(link));
  }

  private void serve(Process process) {
    try {
      backplane.serve(process.getInputStream(), process.getOutputStream());
    } catch (IOException | RuntimeException e) {
      // Pipes break when the firmware is killed, and only then is that no failure: #requireAlive.
      failure = e;
      process.destroyForcibly();
    }
  }

  private Process run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmulationException("cannot start %s: %s".formatted(command.getFirst(), e), e);
    }
  }

  private void await(String what, Process process, BooleanSupplier there) {
    long deadline = System.nanoTime() + WIRE_PATIENCE.toNanos();
    while (!there.getAsBoolean()) {
      requireAlive(process);
      if (System.nanoTime() > deadline) {
        throw new EmulationException(
            "%s made no %s at %s within %d s%s"
                .formatted(port, what, link, WIRE_PATIENCE.toSeconds(), said()),
            null);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /// Waits until the firmware answers on its line.
  ///
  /// @throws EmulationException if it does not within `patience`, or has ended
  public void waitUntilReady(Duration patience, Kernels kernels) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      requireAlive();
      try {
        Chips.open(address(), kernels).close();
        return;
      } catch (ChipException e) {
        if (e.fault() instanceof Fault.OtherFirmware) {
          throw e;
        }
        if (System.nanoTime() > deadline) {
          throw new EmulationException(
              "the board does not answer: %s%s".formatted(e.getMessage(), said()), e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /// @throws EmulationException if the firmware has ended by itself, or asked the chip for what it must not
  public void requireAlive() {
    requireAlive(firmware);
    if (wire != null) {
      requireAlive(wire);
    }
  }

  private void requireAlive(Process process) {
    if (!process.isAlive()) {
      Exception cause = failure;
      throw new EmulationException(
          "%s ended with code %d%s%s"
              .formatted(
                  process.info().command().orElse("the " + port + " board"),
                  process.exitValue(),
                  cause == null ? "" : ": " + cause.getMessage(),
                  said()),
          cause);
    }
  }

  /// The last line that the board's programs wrote.
  private String said() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "" : "; it said: " + lines.getLast();
    } catch (IOException e) {
      return "";
    }
  }

  private static void end(Process process, Thread server) {
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (server != null) {
        // What the firmware asked for is still done to the cells: its successor finds them at rest.
        server.join(END_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeLinks() {
    try {
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
      Files.deleteIfExists(mcu);
    } catch (IOException e) {
      throw new EmulationException("cannot remove the link %s: %s".formatted(link, e), e);
    }
  }

  /// Switches the board off: ends its processes, removes its link.
  @Override
  public void close() {
    try {
      unplug();
    } finally {
      watch.close();
    }
    try {
      Files.deleteIfExists(log);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new EmulationException("cannot remove %s: %s".formatted(folder, e), e);
    }
  }
}
