package org.mortal.bench.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.replay.RecordingChip;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;

/// What a bookkeeper notes of chips as they are used.
class BookkeeperTest {
  private static final String ADDRESS = "sim:hfox?seed=1&rows=4&columns=6&arrays=2";
  private static final Kernels KERNELS = Kernels.select(1);

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

  private BookPlace place() {
    return new BookPlace.InFile(folder.resolve("book.db"));
  }

  private Bookkeeper keeper() {
    return new Bookkeeper(place(), warnings::add);
  }

  private List<ArrayWear> wear(String chip) {
    return Book.openExisting(place()).wear(chip, "", BookTime.now());
  }

  @Test
  void everyPulseOfSeveralSessionsIsNoted() {
    long telemetry = 0;
    String id = null;
    for (int session = 0; session < 2; session++) {
      try (Bookkeeper keeper = keeper();
          Chip chip = keeper.watching(Chips::open).open(ADDRESS, KERNELS)) {
        id = chip.id();
        Crossbar second = chip.arrays().get(1);
        pulse(second, new Cell(0, 1), 3);
        pulse(second, new Cell(3, 5), -2);
        chip.pulse(List.of(new Chip.ArrayPulses(1, train(second, new Cell(0, 1), -1))));
        telemetry += chip.telemetry().pulses();
      }
    }
    ArrayWear wear = wear(id).getFirst();
    assertEquals(12, telemetry);
    assertEquals(6, wear.wear().set()[1]);
    assertEquals(2, wear.wear().reset()[1]);
    assertEquals(4, wear.wear().reset()[23]);
    assertEquals(telemetry, CellWear.sum(wear.wear().set()) + CellWear.sum(wear.wear().reset()));
    assertTrue(wear.complete());
    assertEquals(List.of(1), wear(id).stream().map(ArrayWear::array).toList());
    assertEquals(List.of(), warnings);
  }

  /// A default method would answer for the chip, and ask its arrays one by one.
  @Test
  void everythingThatIsAskedReachesTheChip() throws NoSuchMethodException {
    for (Method asked : Chip.class.getMethods()) {
      if (!Modifier.isStatic(asked.getModifiers())) {
        Method answer = WatchedChip.class.getMethod(asked.getName(), asked.getParameterTypes());
        assertNotEquals(Chip.class, answer.getDeclaringClass(), asked.getName());
      }
    }
  }

  @Test
  void oneIdWithArraysOfTwoShapesIsKeptApart() {
    for (int rows : List.of(4, 8)) {
      BookkeeperTest.enter(keeper(), rows);
    }
    assertEquals(List.of(4, 8), wear("one").stream().map(ArrayWear::rows).toList());
  }

  private static void enter(Bookkeeper keeper, int rows) {
    try (keeper;
        Chip chip =
            keeper
                .watching((address, kernels) -> named("one", Chips.open(address, kernels)))
                .open("sim:hfox?seed=1&columns=6&rows=" + rows, KERNELS)) {
      pulse(chip.arrays().getFirst(), new Cell(0, 0), 1);
    }
  }

  private static Chip named(String id, Chip chip) {
    return (Chip)
        Proxy.newProxyInstance(
            Chip.class.getClassLoader(),
            new Class<?>[] {Chip.class},
            (_, method, arguments) ->
                method.getName().equals("id") ? id : method.invoke(chip, arguments));
  }

  @Test
  void programmingCountsWhatItReports() {
    ProgramResult result;
    String id;
    try (Bookkeeper keeper = keeper();
        Chip chip = keeper.watching(Chips::open).open(ADDRESS, KERNELS)) {
      id = chip.id();
      Crossbar array = chip.arrays().getFirst();
      Limits limits = array.limits();
      float middle = (float) ((limits.minSiemens() + limits.maxSiemens()) / 2);
      float[][] target = new float[4][6];
      Arrays.stream(target).forEach(row -> Arrays.fill(row, middle));
      double tolerance = (limits.maxSiemens() - limits.minSiemens()) / 50;
      result = array.program(new ProgramRequest(Batch.of(target), tolerance, 20, 1));
      assertEquals(chip.telemetry().pulses(), Arrays.stream(result.pulses()).asLongStream().sum());
    }
    CellWear wear = wear(id).getFirst().wear();
    assertArrayEquals(Arrays.stream(result.resets()).asLongStream().toArray(), wear.reset());
    for (int i = 0; i < wear.cells(); i++) {
      assertEquals(result.pulses()[i], wear.set()[i] + wear.reset()[i]);
    }
    assertEquals(0, CellWear.sum(wear.programmed()));
  }

  @Test
  void refusedPulsesAreNone() {
    try (Bookkeeper keeper = keeper();
        Chip chip = keeper.watching(Chips::open).open(ADDRESS, KERNELS)) {
      Crossbar array = chip.arrays().getFirst();
      int tooMany = array.limits().maxPulses() + 1;
      assertThrows(ChipException.class, () -> pulse(array, new Cell(0, 0), tooMany));
    }
    assertFalse(Files.exists(folder.resolve("book.db")), "neither a run nor a pulse");
  }

  @Test
  void pulsesThatMayHaveBeenGivenLeaveAnIncompleteEntry() {
    String id;
    try (Bookkeeper keeper = keeper();
        Chip chip = keeper.watching(BookkeeperTest::losing).open(ADDRESS, KERNELS)) {
      id = chip.id();
      assertThrows(ChipException.class, () -> pulse(chip.arrays().getFirst(), new Cell(0, 0), 1));
    }
    ArrayWear wear = wear(id).getFirst();
    assertFalse(wear.complete());
    assertEquals(0, CellWear.sum(wear.wear().set()));
  }

  /// A chip whose link is lost whenever it is pulsed.
  private static Chip losing(String address, Kernels kernels) {
    Chip chip = Chips.open(address, kernels);
    return (Chip)
        Proxy.newProxyInstance(
            Chip.class.getClassLoader(),
            new Class<?>[] {Chip.class},
            (_, method, arguments) -> {
              if (method.getName().equals("pulse")) {
                throw new ChipException(new Fault.LinkTimeout(address, "PULSE", 5));
              }
              return method.invoke(chip, arguments);
            });
  }

  @Test
  void aChipIsStillKnownForWhatItIs() {
    try (Bookkeeper keeper = keeper();
        Chip chip = keeper.watching(Chips::open).open(ADDRESS, KERNELS)) {
      assertTrue(chip.bare() instanceof SimChip);
    }
  }

  @Test
  void recordedSessionsGiveNoPulses() {
    Path session = folder.resolve("session.jsonl");
    try (Chip chip = new RecordingChip(Chips.open(ADDRESS, KERNELS), session)) {
      pulse(chip.arrays().getFirst(), new Cell(0, 0), 1);
    }
    try (Bookkeeper keeper = keeper();
        Chip chip = keeper.watching(Chips::open).open("replay:" + session, KERNELS)) {
      assertSame(chip, chip.bare());
      pulse(chip.arrays().getFirst(), new Cell(0, 0), 1);
    }
    assertFalse(Files.exists(folder.resolve("book.db")));
  }

  @Test
  void aRunIsNotedWithItsChips() {
    RunManifest manifest =
        RunManifest.start("read", Map.of("--seed", "7")).withSeed(7).withRig("sim:a", "a", "none");
    try (Bookkeeper keeper = keeper();
        Chip _ = keeper.watching(Chips::open).open(ADDRESS, KERNELS)) {
      keeper.written(folder, manifest.finished(0, Map.of(), true));
      Book book = Book.openExisting(place());
      assertTrue(book.runs().getFirst().interrupted());
      assertEquals(1, book.chips().size());
      keeper.written(folder, manifest.finished(1.5, Map.of("testError", 0.25), false));
    }
    RunEntry run = Book.openExisting(place()).runs().getFirst();
    assertFalse(run.interrupted());
    assertEquals(7, run.seed());
    assertEquals(1.5, run.seconds());
    assertEquals("{\"testError\":0.25}", run.results());
  }

  @Test
  void whatCouldNotBeEnteredIsTriedAgain() throws Exception {
    Path file = folder.resolve("book.db");
    Files.writeString(file, "in the way ".repeat(100));
    RunManifest manifest = RunManifest.start("read", Map.of());
    try (Bookkeeper keeper = keeper()) {
      keeper.written(folder, manifest);
      keeper.written(folder, manifest);
      assertEquals(1, warnings.size(), warnings::toString);
      assertTrue(warnings.getFirst().contains("not a database"), warnings::toString);
      Files.delete(file);
    }
    assertEquals(1, Book.openExisting(place()).runs().size());
  }

  @Test
  void countsComeBackAsTheyWere() throws Exception {
    CellWear wear =
        new CellWear(
            new long[] {0, 1, 127, 128, 1L << 40}, new long[] {5, 0, 0, 0, 300}, new long[5]);
    byte[] encoded = wear.encoded();
    assertEquals(wear, CellWear.decode(encoded, 5));
    assertThrows(IOException.class, () -> CellWear.decode(encoded, 6));
  }

  private static void pulse(Crossbar array, Cell cell, int count) {
    array.pulse(train(array, cell, count));
  }

  private static PulseTrain train(Crossbar array, Cell cell, int count) {
    Geometry geometry = array.geometry();
    return PulseTrain.single(geometry, cell, count, array.limits().write());
  }
}
