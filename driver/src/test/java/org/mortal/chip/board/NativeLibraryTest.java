package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Chips;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Refusals;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Kernels;

/// A library that is not there, is another or of another version is refused with the reason; one that is right has the
/// layout that this side believes in.
class NativeLibraryTest {
  @TempDir private Path folder;

  private static String reason(NativeLibrary library) {
    return assertInstanceOf(NativeLibrary.Missing.class, library).reason();
  }

  @Test
  void whatIsNoLibraryIsAValueWithAReason() throws IOException {
    assertTrue(reason(NativeLibrary.load(folder.resolve("no.so"))).contains("make -C firmware"));
    assertTrue(reason(NativeLibrary.load(folder)).contains("no such file"));
    Path text = Files.writeString(folder.resolve("text.so"), "no library");
    assertTrue(reason(NativeLibrary.load(text)).contains("no library for this machine"));
    Refusals.assertRefused(
        () -> Chips.open("lib:" + text, Kernels.plain()), "lib:" + text, "no library");
  }

  @Test
  void anotherLibraryIsNotOurs() {
    assertTrue(reason(NativeLibrary.of(name -> Optional.empty())).contains("not libmortal"));
  }

  @ParameterizedTest
  @ValueSource(ints = {NativeFunctions.ABI_VERSION - 1, NativeFunctions.ABI_VERSION + 1, 77})
  void saysWhichSideIsOlder(int version) {
    String reason = reason(NativeLibrary.of(claiming(version)));
    assertTrue(reason.contains("version " + version), reason);
    assertTrue(
        reason.contains(
            version < NativeFunctions.ABI_VERSION
                ? "the library is older"
                : "the driver is older"));
  }

  @Test
  void aLibraryThatLacksAFunctionIsNotWhole() {
    String reason = reason(NativeLibrary.of(claiming(NativeFunctions.ABI_VERSION)));
    assertTrue(reason.contains("mortal_open"), reason);
  }

  /// A library with nothing in it but its version.
  @SuppressWarnings("restricted")
  private static SymbolLookup claiming(int version) {
    MemorySegment function =
        Linker.nativeLinker()
            .upcallStub(
                MethodHandles.constant(int.class, version),
                FunctionDescriptor.of(ValueLayout.JAVA_INT),
                Arena.ofAuto());
    return name -> Optional.ofNullable(Map.of("mortal_abi_version", function).get(name));
  }

  @Test
  void structuresHaveTheSizesThatWeThink() {
    NativeFunctions functions = HostLibrary.functions();
    try (NativeBoard board = NativeBoard.open("lib:sizes", functions, 2, 6, 8, 1)) {
      assertEquals(Greeting.BYTES, written(bytes -> functions.describe(board.pointer(), bytes)));
      MemorySegment fault = Arena.ofAuto().allocate(1024);
      fault.fill((byte) 0x5A);
      MemorySegment none = Arena.ofAuto().allocate(1024);
      PulseTrain train = new PulseTrain(new short[48], 9, 9, 1e-6);
      assertEquals(
          Status.OUT_OF_LIMITS.code(),
          functions.pulse(board.pointer(), 0, train, none, 100, fault));
      assertEquals(FaultReport.BYTES, lastChanged(fault) + 1);
      Greeting greeting = new NativeController(board).greeting();
      assertEquals(new Geometry(6, 8, Sensing.DIFFERENTIAL), greeting.geometry());
      assertEquals(2, greeting.arrays());
      assertEquals(Version.DRIVER, greeting.version());
    }
  }

  private static int written(Consumer<MemorySegment> writer) {
    int most = 0;
    // With two fillings, so that a byte that happens to be like one is seen too.
    for (byte filling : new byte[] {0x5A, 0x33}) {
      MemorySegment bytes = Arena.ofAuto().allocate(1024);
      bytes.fill(filling);
      writer.accept(bytes);
      most = Math.max(most, lastChanged(bytes, filling) + 1);
    }
    return most;
  }

  private static int lastChanged(MemorySegment bytes) {
    return lastChanged(bytes, (byte) 0x5A);
  }

  private static int lastChanged(MemorySegment bytes, byte filling) {
    int last = (int) bytes.byteSize() - 1;
    while (last >= 0 && bytes.get(ValueLayout.JAVA_BYTE, last) == filling) {
      last--;
    }
    return last;
  }

  @ParameterizedTest
  @ValueSource(strings = {"columns=7", "rows=0", "arrays=0", "colour=red"})
  void refusesArraysThatCannotBe(String parameter) {
    Refusals.assertRefused(
        () -> Chips.open("lib:x.so?" + parameter, Kernels.plain()),
        parameter.substring(0, parameter.indexOf('=')));
  }
}
