package org.mortal.bench.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.bench.run.RunException;

/// Books in real databases.
@Timeout(120)
class BookTest {
  private static final String EARLY = "2026-01-01T00:00:00.000Z";
  private static final String LATE = "2026-02-01T00:00:00.000Z";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsEnteredComesBack(Places places) throws Exception {
    BookPlace place = places.newPlace(folder);
    Page.Wear wear = BookWriter.wear("a", 3);
    Page page =
        new Page(
            List.of(BookWriter.chip(BookWriter.CHIP, EARLY)),
            List.of(BookWriter.run("a")),
            List.of(wear));
    Book.open(place).enter(page);

    Book book = Book.openExisting(place);
    assertEquals(page.chips(), book.chips());
    assertEquals(page.runs(), book.runs());
    assertEquals(List.of(wear.entry()), book.wear());
    ArrayWear array = book.wear(BookWriter.CHIP, "", BookTime.now()).getFirst();
    assertEquals(3, array.array());
    assertEquals(BookWriter.CELLS, Arrays.stream(array.wear().set()).sum());
    assertTrue(array.complete());

    CalibrationEntry calibration =
        new CalibrationEntry(
            "c",
            BookWriter.CHIP,
            null,
            "adc",
            LATE,
            null,
            "f00d",
            300.5,
            "adc.json",
            "00ff",
            "{\"error\":0.1}");
    book.enter(calibration);
    assertEquals(List.of(calibration), book.calibrations());
  }

  @ParameterizedTest
  @EnumSource
  void enteringAgainChangesWhatChangesAndCountsNothingTwice(Places places) throws Exception {
    Book book = Book.open(places.newPlace(folder));
    Page.Wear wear = BookWriter.wear("a", 0);
    for (String seen : List.of(EARLY, LATE, EARLY)) {
      book.enter(
          new Page(
              List.of(BookWriter.chip(BookWriter.CHIP, seen)),
              List.of(BookWriter.run("a")),
              List.of(wear)));
    }
    assertEquals(EARLY, book.chips().getFirst().firstSeen());
    assertEquals(LATE, book.chips().getFirst().lastSeen());
    assertEquals(1, book.runs().size());
    String given = wear.entry().given();
    assertArrayEquals(
        wear(1),
        book.wear(BookWriter.CHIP, "", given).getFirst().wear().set(),
        "the end belongs to it");
    assertEquals(List.of(), book.wear(BookWriter.CHIP, given, BookTime.now()));
  }

  @ParameterizedTest
  @EnumSource
  void processesThatWriteAtOnceLoseNothing(Places places) throws Exception {
    BookPlace place = places.newPlace(folder);
    String text = place instanceof BookPlace.InFile(Path file) ? file.toString() : place.url();
    int pages = 50;
    List<Process> writers = new ArrayList<>();
    try {
      // There is no book yet: they also make it at once.
      for (String name : List.of("a", "b")) {
        writers.add(writer(text, name, pages));
      }
      for (Process writer : writers) {
        assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, writer.exitValue(), this::errors);
      }
    } finally {
      writers.forEach(Process::destroyForcibly);
    }
    Book book = Book.openExisting(place);
    assertEquals(2 * pages, book.runs().size());
    assertEquals(1, book.chips().size());
    assertArrayEquals(
        wear(2 * pages), book.wear(BookWriter.CHIP, "", BookTime.now()).getFirst().wear().set());
  }

  private Process writer(String place, String name, int pages) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BookWriter.class.getName(),
            place,
            name,
            String.valueOf(pages))
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private String errors() {
    try (Stream<Path> files = Files.list(folder)) {
      StringBuilder errors = new StringBuilder();
      for (Path file : files.filter(path -> path.toString().endsWith(".err")).toList()) {
        errors.append(Files.readString(file));
      }
      return errors.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long[] wear(int pulses) {
    long[] wear = new long[BookWriter.CELLS];
    Arrays.fill(wear, pulses);
    return wear;
  }

  @ParameterizedTest
  @EnumSource
  void aBookOfTheFirstVersionIsBroughtUpToDate(Places places) throws Exception {
    BookPlace place = places.newPlace(folder);
    Schema.migrate(place, "1");
    execute(
        place,
        "INSERT INTO chips VALUES ('old', 'sim:old', 'f', 2, 3, 4, '%s', '%s')"
            .formatted(EARLY, LATE));
    assertThrows(SQLException.class, () -> execute(place, "SELECT * FROM calibrations"));
    Book book = Book.openExisting(place);
    assertEquals(List.of(new ChipEntry("old", "sim:old", "f", 2, 3, 4, EARLY, LATE)), book.chips());
    assertEquals(List.of(), book.calibrations());
  }

  @ParameterizedTest
  @EnumSource
  void aBookOfANewerVersionIsRefused(Places places) throws Exception {
    BookPlace place = places.newPlace(folder);
    Book.open(place);
    execute(
        place,
        "UPDATE flyway_schema_history SET version = '%d' WHERE version = '%d'"
            .formatted(Schema.NEWEST + 1, Schema.NEWEST));
    refused(place, "newer Mortal (schema 3, this one knows 2)");
  }

  @ParameterizedTest
  @EnumSource
  void theDatabaseOfSomethingElseIsRefusedAndLeftAsItIs(Places places) throws Exception {
    BookPlace place = places.newPlace(folder);
    execute(place, "CREATE TABLE shopping (item TEXT)");
    byte[] before = bytes(place);
    refused(place, "the database of something else");
    assertArrayEquals(before, bytes(place));
    assertThrows(SQLException.class, () -> execute(place, "SELECT * FROM chips"));
  }

  @Test
  void garbageIsRefusedAndLeftAsItIs() throws Exception {
    Path file = folder.resolve("book.db");
    byte[] garbage = "no database at all, but long enough for a header\n".repeat(50).getBytes();
    Files.write(file, garbage);
    refused(new BookPlace.InFile(file), "not a database");
    assertArrayEquals(garbage, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aServerThatIsNotThereIsRefusedWithoutThePassword() {
    BookPlace place =
        new BookPlace.OnServer("jdbc:postgresql://127.0.0.1:1/book?user=a&password=secret");
    String message = assertThrows(RunException.class, () -> Book.open(place)).getMessage();
    assertTrue(message.contains("jdbc:postgresql://127.0.0.1:1/book cannot be used"), message);
    assertFalse(message.contains("secret"), message);
  }

  @Test
  void aBookThatIsOnlyReadIsNotMade() {
    Path file = folder.resolve("book.db");
    BookPlace place = new BookPlace.InFile(file);
    assertThrows(RunException.class, () -> Book.openExisting(place));
    assertFalse(Files.exists(file));
  }

  private static void refused(BookPlace place, String reason) {
    String message = assertThrows(RunException.class, () -> Book.open(place)).getMessage();
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count());
  }

  private static byte[] bytes(BookPlace place) throws IOException {
    return place instanceof BookPlace.InFile(Path file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static void execute(BookPlace place, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(place.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
