package org.mortal.chip.board;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/// The firmware as a library of this process; one that cannot be used is a value with a reason.
sealed interface NativeLibrary {

  /// A library that speaks our version of the interface.
  record Usable(NativeFunctions functions) implements NativeLibrary {}

  /// No library, or one of another version.
  ///
  /// @param reason one line, with the mend
  record Missing(String reason) implements NativeLibrary {}

  /// Loads the library at `path`; it stays loaded as long as the process lives.
  @SuppressWarnings("restricted")
  static NativeLibrary load(Path path) {
    if (!Files.isRegularFile(path)) {
      return new Missing("there is no such file; `make -C firmware host` builds libmortal.so");
    }
    try {
      return of(SymbolLookup.libraryLookup(path.toAbsolutePath(), Arena.global()));
    } catch (IllegalArgumentException e) {
      return new Missing("it is no library for this machine: " + e.getMessage());
    }
  }

  /// The library whose functions `symbols` finds.
  static NativeLibrary of(SymbolLookup symbols) {
    if (symbols.find("mortal_abi_version").isEmpty()) {
      return new Missing("it is a library, but not libmortal");
    }
    int version = NativeFunctions.abiVersion(symbols);
    if (version != NativeFunctions.ABI_VERSION) {
      return new Missing(
          "it has interface version %d, this driver has %d: %s is older, build it anew"
              .formatted(
                  version,
                  NativeFunctions.ABI_VERSION,
                  version < NativeFunctions.ABI_VERSION ? "the library" : "the driver"));
    }
    try {
      return new Usable(new NativeFunctions(symbols));
    } catch (NoSuchElementException e) {
      return new Missing("it is not whole: " + e.getMessage());
    }
  }
}
