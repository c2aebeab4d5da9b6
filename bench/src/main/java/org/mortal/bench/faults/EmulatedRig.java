package org.mortal.bench.faults;

import java.nio.file.Path;
import java.time.Duration;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.Link;
import org.mortal.chip.board.SerialLink;
import org.mortal.kernel.Kernels;

/// Firmware in a process of its own at a serial line; a restart kills the process.
public final class EmulatedRig implements CampaignRig {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BAUD = 921_600;

  private final EmulatedBoard board;
  private final Path path;

  /// @param path where the line is to appear
  public EmulatedRig(EmulatedPort port, Backplane backplane, Path path, Kernels kernels) {
    this.board = EmulatedBoard.start(port, backplane, path);
    this.path = path;
    board.waitUntilReady(PATIENCE, kernels);
  }

  @Override
  public Link link() {
    return SerialLink.open(board.address(), path.toString(), BAUD);
  }

  @Override
  public void restart() {
    board.restart();
  }

  @Override
  public void close() {
    board.close();
  }
}
