package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.WearEntry;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The lab book, from commands that fill it to those that show it.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BookCommandTest {
  private static final String TRAIN = "train --task xor --epochs 2 --chip sim:hfox?seed=3";

  @TempDir static Path folder;

  private Runs runs;
  private String book;
  private JsonNode trained;
  private String chip;

  @BeforeAll
  void twoRuns() {
    runs = new Runs(folder.resolve("runs"));
    book = folder.resolve("lab/book.db").toString();
    trained = runs.json(TRAIN, "--book", book);
    runs.json(TRAIN, "--book", book);
    chip = json("book chips").get("chips").get(0).get("id").asText();
  }

  private JsonNode json(String args, String... more) {
    return new Runs(folder).json(args + " --book " + book, more);
  }

  private Call call(String args) {
    return new Runs(folder).call(args + " --book " + book);
  }

  @Test
  void theOverviewHasChipsCalibrationsAndRuns() {
    JsonNode all = json("book");
    assertEquals(1, all.get("chips").size());
    assertEquals(2, all.get("chips").get(0).get("runs").asInt());
    assertEquals("sim:hfox?seed=3", all.get("chips").get(0).get("address").asText());
    assertEquals(0, all.get("calibrations").size());
    assertEquals(2, all.get("runs").size());
    JsonNode run = all.get("runs").get(1);
    assertEquals("train", run.get("command").asText());
    assertEquals("xor", run.get("arguments").get("--task").asText());
    assertFalse(run.get("arguments").has("--book"), "it may have a password in it");
    assertEquals(trained.get("testError"), run.get("results").get("testError"));
    assertEquals(Path.of(trained.get("run").asText()), Path.of(run.get("folder").asText()));
    assertFalse(run.get("interrupted").asBoolean());
    Call text = call("book");
    assertTrue(text.out().contains(chip) && text.out().contains("no calibrations yet"), text.out());
  }

  @Test
  void runsAreChosenByChipAndDate() {
    assertEquals(2, json("book runs", "--chip", chip).get("runs").size());
    assertEquals(0, json("book runs --chip other").get("runs").size());
    assertEquals(2, json("book runs --since 2026-01-01").get("runs").size());
    String tomorrow = LocalDate.now().plusDays(1).toString();
    assertEquals(0, json("book runs", "--since", tomorrow).get("runs").size());
    assertEquals(0, json("book calibrations").get("calibrations").size());
  }

  @Test
  void wearIsWrittenCellByCell() throws Exception {
    Path npy = folder.resolve("wear.npy");
    JsonNode array = json("book wear " + chip, "--out", npy.toString()).get("arrays").get(0);
    INDArray planes = Nd4j.createFromNpyFile(npy.toFile());
    assertArrayEquals(new long[] {1, 3, 256, 256}, planes.shape());
    long given = array.get("setPulses").asLong() + array.get("resetPulses").asLong();
    assertTrue(given > 0);
    assertEquals(given, planes.sumNumber().longValue());

    Path csv = folder.resolve("wear.csv");
    json("book wear " + chip, "--array", "0", "--out", csv.toString());
    List<String> lines = Files.readAllLines(csv);
    assertEquals("chip,array,row,column,set,reset,programmed", lines.getFirst());
    assertEquals(array.get("cellsPulsed").asInt(), lines.size() - 1);
    Path png = folder.resolve("wear.png");
    json("book wear " + chip, "--out", png.toString());
    assertTrue(Files.size(png) > 0);
  }

  @Test
  void datesAreCompared() {
    LocalDate today = LocalDate.now();
    String before = today.minusDays(3) + "," + today.minusDays(2);
    String now = today.minusDays(2) + "," + today.plusDays(1);
    assertEquals(0, json("book compare " + chip, "--dates", before).get("runs").size());
    JsonNode since = json("book compare " + chip, "--dates", now);
    assertEquals(2, since.get("runs").size());
    assertEquals(1, since.get("arrays").size());
  }

  @Test
  void allOfItIsExported() throws Exception {
    Path out = folder.resolve("csv");
    json("book export", "--out", out.toString());
    assertEquals(
        Set.of("chips.csv", "runs.csv", "calibrations.csv", "wear.csv", "cells.csv"),
        Runs.files(out));
    assertEquals(3, Files.readAllLines(out.resolve("runs.csv")).size());
    assertEquals(1, Files.readAllLines(out.resolve("calibrations.csv")).size());
  }

  @Test
  void wrongCallsAreRefused() {
    call("book wear nobody").refused(2, "nobody", "book chips");
    call("book wear " + chip + " --out wear.txt").refused(2, ".csv, .npy or .png");
    call("book export").refused(2, "--out");
    call("book wear " + chip + " --array 40").refused(2, "array 40");
    call("book runs --since yesterday").refused(2, "'yesterday' is no date");
    call("book compare " + chip + " --dates 2026-01-02,2026-01-01").refused(2, "earlier");
    new Runs(folder).call("book --book none").refused(2, "none");
    new Runs(folder).call("book --book jdbc:mysql://a/b?password=c").refused(2, "mysql://a/b'");
    new Runs(folder).call("book --book missing.db").refused(1, "no lab book at missing.db");
  }

  @Test
  void aRunGoesOnWithoutItsBook() throws Exception {
    Path garbage = folder.resolve("garbage.db");
    Files.writeString(garbage, "no database ".repeat(200));
    Call call = runs.call(TRAIN + " --json", "--book", garbage.toString());
    assertEquals(
        1, call.err().lines().filter(line -> line.contains("warning")).count(), call.err());
    assertEquals(Runs.figures(trained), Runs.figures(call.json()));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to send")
  void ctrlCLosesNoPulses() throws Exception {
    Path own = folder.resolve("interrupted");
    List<String> args =
        List.of(
            "train",
            "--task",
            "xor",
            "--epochs",
            "1e9",
            "--threads",
            "1",
            "--json",
            "--runs",
            own.resolve("runs").toString());
    Files.createDirectories(own);
    Map<String, String> environment = new HashMap<>();
    environment.put("MORTAL_BOOK", null);
    String asked;
    try (Child child = Child.start(own, environment, args)) {
      Await.until(
          "write while learning",
          Duration.ofSeconds(90),
          () -> {
            assertTrue(child.process().isAlive(), child::errors);
            return new Runs(own.resolve("runs"))
                .all().stream().filter(BookCommandTest::hasWritten).findFirst().orElse(null);
          });
      asked = BookTime.now();
      child.signal("INT");
      assertEquals(130, child.code(), child.errors());
      assertFalse(child.errors().contains("warning"), child.errors());
    }
    // Beside the run folders, since nobody said otherwise.
    Path left = own.resolve("runs/book.db");
    JsonNode run = new Runs(own).json("book runs", "--book", left.toString()).get("runs").get(0);
    assertTrue(run.get("interrupted").asBoolean());
    long writes = run.get("results").get("cellWrites").asLong();
    assertTrue(writes > 0);
    List<WearEntry> wear = Book.openExisting(new BookPlace.InFile(left)).wear();
    assertTrue(wear.getFirst().given().compareTo(asked) > 0, wear::toString);
    long pulses = wear.stream().mapToLong(one -> one.setPulses() + one.resetPulses()).sum();
    assertTrue(pulses >= writes, pulses + " pulses in " + writes + " writes");
  }

  /// Whether cells were written since learning began: the fourth column of the curve.
  private static boolean hasWritten(Path run) {
    Path curve = run.resolve("curve.csv");
    if (!Files.exists(curve)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(curve)) {
      return lines.skip(1).anyMatch(line -> !line.split(",", -1)[3].equals("0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
