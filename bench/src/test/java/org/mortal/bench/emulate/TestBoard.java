package org.mortal.bench.emulate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.LibProvider;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;

/// The ways to run the firmware over a simulated chip. Each chip opened here has a board of its own.
enum TestBoard {
  /// In this process.
  LIBRARY {
    @Override
    String missing() {
      return Firmware.missing();
    }

    @Override
    Chip open(SimChip sim) {
      Backplane backplane = new Backplane(sim, EmulatedBoard.converters(sim), 1);
      return new Mounted(LibProvider.open(Firmware.library(), backplane), sim, () -> {});
    }
  },

  /// As a process at a pseudo-terminal.
  HOST {
    @Override
    String missing() {
      return EmulatedPort.HOST.missing();
    }

    @Override
    Chip open(SimChip sim) {
      return emulated(EmulatedPort.HOST, sim);
    }
  },

  /// As the microcontroller's machine code in QEMU.
  STM32F405 {
    @Override
    String missing() {
      return EmulatedPort.STM32F405.missing();
    }

    @Override
    Chip open(SimChip sim) {
      return emulated(EmulatedPort.STM32F405, sim);
    }
  };

  static final Kernels KERNELS = Kernels.select(1);

  /// What such a board lacks on this machine and how to install it, or null.
  abstract String missing();

  /// A new board over `sim`, which goes when the chip is closed.
  abstract Chip open(SimChip sim);

  /// Skips the test where such a board cannot be.
  void assumePossible() {
    String missing = missing();
    assumeTrue(missing == null, missing);
  }

  /// The same over the chip at `address`.
  Chip open(String address) {
    return open((SimChip) Chips.open(address, KERNELS));
  }

  private static Chip emulated(EmulatedPort port, SimChip sim) {
    try {
      Path folder = Files.createTempDirectory("mortal-test-");
      EmulatedBoard board = EmulatedBoard.start(port, sim, folder.resolve("board"));
      return new Mounted(
          open(board),
          sim,
          () -> {
            board.close();
            Files.deleteIfExists(folder);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Chip open(EmulatedBoard board) {
    try {
      board.waitUntilReady(Duration.ofSeconds(30), KERNELS);
      return Chips.open(board.address(), KERNELS);
    } catch (RuntimeException | Error e) {
      board.close();
      throw e;
    }
  }

  interface Switch {
    void off() throws IOException;
  }

  /// A chip on a board that is switched off when the chip is closed.
  static final class Mounted extends ForwardingChip {
    private final SimChip sim;
    private final Switch board;

    private Mounted(Chip chip, SimChip sim, Switch board) {
      super(chip);
      this.sim = sim;
      this.board = board;
    }

    /// What is below.
    SimChip sim() {
      return sim;
    }

    @Override
    protected Crossbar before(int index, Crossbar crossbar) {
      return crossbar;
    }

    @Override
    public void read(List<ArrayRead> reads) {
      chip().read(reads);
    }

    @Override
    public void pulse(List<ArrayPulses> trains) {
      chip().pulse(trains);
    }

    @Override
    public void close() {
      super.close();
      try {
        board.off();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
