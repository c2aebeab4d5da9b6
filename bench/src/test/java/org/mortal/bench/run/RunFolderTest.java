package org.mortal.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void foldersMadeAtOnceAreDifferent() throws Exception {
    Callable<Path> make = () -> RunFolder.create(folder.resolve("a/runs"), "measure mvm").path();
    Set<Path> paths = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Path> path : threads.invokeAll(Collections.nCopies(40, make))) {
        paths.add(path.get());
      }
    }
    assertEquals(40, paths.size());
    for (Path path : paths) {
      assertTrue(Files.isDirectory(path));
      assertTrue(
          path.getFileName().toString().matches("\\d{8}-\\d{6}-measure-mvm-\\d+"), path.toString());
    }
  }

  @Test
  void noHalfFileStays() throws IOException {
    RunFolder run = RunFolder.create(folder, "read");
    run.write("a.txt", "first");
    run.write("a.txt", "second");
    assertEquals("second", Files.readString(run.file("a.txt")));
    Files.createDirectory(run.file("b.txt"));
    RunException error = assertThrows(RunException.class, () -> run.write("b.txt", "text"));
    assertTrue(error.getMessage().contains("b.txt"), error.getMessage());
    try (Stream<Path> files = Files.list(run.path())) {
      assertEquals(
          Set.of("a.txt", "b.txt"),
          Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
    }
  }

  @Test
  void aFullDiskIsOneLine() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    RunFolder run = RunFolder.create(folder, "read");
    Files.createSymbolicLink(run.file("manifest.json"), full);
    RunException error =
        assertThrows(RunException.class, () -> run.write(RunManifest.start("read", Map.of())));
    assertTrue(error.getMessage().contains("manifest.json"), error.getMessage());
    assertTrue(error.getMessage().contains("No space left"), error.getMessage());
    assertEquals(1, error.getMessage().lines().count());
  }

  @Test
  void placesWhereNobodyMayWriteAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(file, "in the way");
    assertRefused(file.resolve("runs"), "file");
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc.resolve("self")), "this system has no /proc");
    assertRefused(proc, "/proc");
    assertRefused(proc.resolve("runs"), "/proc/runs");
  }

  private static void assertRefused(Path runs, String part) {
    String message =
        assertThrows(RunException.class, () -> RunFolder.create(runs, "read")).getMessage();
    assertTrue(message.contains(part) && message.contains("--runs DIR"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void tablesKeepEveryDigit() throws IOException {
    Path file = folder.resolve("t.csv");
    new CsvTable("name", "value").add("a,b", 0.1 + 0.2).add("c", 1f / 3).write(file);
    assertEquals(
        List.of("name,value", "\"a,b\",0.30000000000000004", "c,0.33333334"),
        Files.readAllLines(file));
    assertThrows(IllegalArgumentException.class, () -> new CsvTable("a").add(1, 2));
  }

  @Test
  void matricesAreReadAsSpreadsheetsWriteThem() throws IOException {
    Path file = folder.resolve("m.csv");
    Files.writeString(file, "\uFEFFrow 0,row 1\r\n# a comment\r\n\r\n 1 , 2e-3\r\n\"3\",-4");
    assertArrayEquals(new double[][] {{1, 2e-3}, {3, -4}}, CsvMatrix.read(file));
    float[][] values = {{1.5e-6f, 0}, {Float.MIN_VALUE, Float.MAX_VALUE}};
    CsvTable.of(values).write(file);
    double[][] read = CsvMatrix.read(file);
    for (int r = 0; r < 2; r++) {
      for (int c = 0; c < 2; c++) {
        assertEquals(values[r][c], (float) read[r][c]);
      }
    }
    Files.writeString(file, "1;2\n3;4\n");
    String message = assertThrows(RunException.class, () -> CsvMatrix.read(file)).getMessage();
    assertTrue(message.contains("'1;2'") && message.contains("commas"), message);
    assertFalse(message.contains("\n"));
  }
}
