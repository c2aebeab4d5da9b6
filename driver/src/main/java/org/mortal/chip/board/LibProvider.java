package org.mortal.chip.board;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipException;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Fault;
import org.mortal.kernel.Kernels;

/// Opens `lib:path/to/libmortal.so?seed=1&rows=128&columns=128&arrays=4`: the firmware as a library, over its own
/// array model.
public final class LibProvider implements ChipProvider {
  private static final int MOST_ARRAYS = 4096;

  @Override
  public String scheme() {
    return "lib";
  }

  @Override
  public Chip open(ChipAddress address, Kernels kernels) {
    address.allow(Set.of("seed", "rows", "columns", "arrays"));
    int arrays = (int) address.number("arrays", 4, 1, MOST_ARRAYS);
    int rows = (int) address.number("rows", 128, 1, Backplane.MAX_LINES);
    int columns = (int) address.number("columns", 128, 2, Backplane.MAX_LINES);
    long seed = address.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    if (columns % 2 != 0) {
      throw new ChipException(
          new Fault.BadAddress(
              address.text(),
              "columns are sensed in pairs, so their number must be even, not " + columns));
    }
    NativeFunctions functions = functions(address.text(), path(address));
    return new BoardChip(
        new NativeController(
            NativeBoard.open(address.text(), functions, arrays, rows, columns, seed)));
  }

  /// The firmware of the library at `path` as a board over a chip of this process.
  ///
  /// @throws ChipException if there is no such library
  public static BoardChip open(Path path, Backplane backplane) {
    String address = "lib:" + path;
    return new BoardChip(
        new NativeController(NativeBoard.open(address, functions(address, path), backplane)));
  }

  static NativeFunctions functions(String address, Path path) {
    return switch (NativeLibrary.load(path)) {
      case NativeLibrary.Usable(var functions) -> functions;
      case NativeLibrary.Missing(var reason) ->
          throw new ChipException(new Fault.NoBoard(address, reason));
    };
  }

  private static Path path(ChipAddress address) {
    try {
      return Path.of(address.name());
    } catch (InvalidPathException e) {
      throw new ChipException(new Fault.BadAddress(address.text(), e.getMessage()));
    }
  }

  @Override
  public List<Preset> presets() {
    return List.of();
  }
}
