package org.mortal.bench.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.mortal.bench.run.RunException;

/// A lab book: what several processes, on several machines, may enter at once without losing anything.
///
/// Chips and runs are known by their ids, and entered again as they change; of calibrations and wear rows are added only. Each
/// call is a transaction with a connection of its own. All of them throw [RunException] with a line for the user.
public final class Book {
  /// Added to a chip's entry each time it is seen.
  private static final String ENTER_CHIP =
      """
      INSERT INTO chips VALUES
        (:id, :address, :firmware, :rowCount, :columnCount, :arrayCount, :firstSeen, :lastSeen)
      ON CONFLICT (id) DO UPDATE SET
        address = excluded.address, firmware = excluded.firmware, array_count = excluded.array_count,
        last_seen = excluded.last_seen
      WHERE chips.last_seen <= excluded.last_seen
      """;

  private static final String ENTER_RUN =
      """
      INSERT INTO runs VALUES
        (:id, :command, :arguments, :folder, :host, :seed, :started, :seconds, :chipAddress, :chipId,
         :interrupted, :version, :source, :results)
      ON CONFLICT (id) DO UPDATE SET
        seconds = excluded.seconds, interrupted = excluded.interrupted, results = excluded.results
      """;

  /// An entry that was kept after all, though its writer heard of an error, is not kept twice.
  private static final String ENTER_WEAR =
      """
      INSERT INTO wear VALUES
        (:id, :chipId, :runId, :arrayIndex, :rowCount, :columnCount, :given, :setPulses, :resetPulses,
         :programmedPulses, :complete, :counts)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String ENTER_CALIBRATION =
      """
      INSERT INTO calibrations VALUES
        (:id, :chipId, :runId, :target, :made, :expires, :firmwareHash, :kelvin, :file, :sha256, :quality)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String WEAR_COLUMNS =
      """
      id, chip_id, run_id, array_index, row_count, column_count, given, set_pulses, reset_pulses,
      programmed_pulses, complete\
      """;

  private final BookPlace place;
  private final Jdbi jdbi;

  private Book(BookPlace place) {
    this.place = place;
    this.jdbi = Jdbi.create(place.url(), properties(place));
    for (Class<?> entry :
        List.of(ChipEntry.class, RunEntry.class, CalibrationEntry.class, WearEntry.class)) {
      jdbi.registerRowMapper(ConstructorMapper.factory(entry));
    }
  }

  private static Properties properties(BookPlace place) {
    Properties properties = new Properties();
    if (place instanceof BookPlace.InFile) {
      // Writers queue for half a minute, from the beginning of their transaction on.
      properties.put("busy_timeout", "30000");
      properties.put("transaction_mode", "IMMEDIATE");
      properties.put("foreign_keys", "true");
      properties.put("synchronous", "FULL");
    }
    return properties;
  }

  /// The book at `place`, which is made if there is none.
  public static Book open(BookPlace place) {
    if (place instanceof BookPlace.InFile(Path file)) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
          Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      } catch (IOException e) {
        throw RunException.of(
            "cannot make the lab book", file, e, "name another place with --book");
      }
    }
    return openExisting(place);
  }

  /// The book at `place`, which must be there.
  public static Book openExisting(BookPlace place) {
    if (place instanceof BookPlace.InFile(Path file) && !Files.exists(file)) {
      throw new RunException(
          "there is no lab book at %s yet: the first run makes it; or name another with --book"
              .formatted(file),
          null);
    }
    try {
      Schema.bringUpToDate(place);
      return new Book(place);
    } catch (SQLException | IOException | FlywayException e) {
      throw refused(place, e);
    }
  }

  private static RunException refused(BookPlace place, Exception error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new RunException(
        "the lab book %s cannot be used: %s; mend it, or name another with --book"
            .formatted(place, String.valueOf(cause.getMessage()).strip()),
        error);
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Handle handle);
  }

  private <T> T transaction(Work<T> work) {
    try {
      return jdbi.inTransaction(work::with);
    } catch (JdbiException e) {
      throw refused(place, e);
    }
  }

  /// Enters all of `page`, or nothing.
  void enter(Page page) {
    transaction(handle -> {
      page.chips().forEach(chip -> handle.createUpdate(ENTER_CHIP).bindMethods(chip).execute());
      page.runs().forEach(run -> handle.createUpdate(ENTER_RUN).bindMethods(run).execute());
      for (Page.Wear wear : page.wear()) {
        handle
            .createUpdate(ENTER_WEAR)
            .bindMethods(wear.entry())
            .bind("counts", wear.counts())
            .execute();
      }
      page.calibrations().forEach(one -> enter(handle, one));
      return null;
    });
  }

  /// Enters a calibration of a chip that the book knows.
  public void enter(CalibrationEntry calibration) {
    transaction(handle -> enter(handle, calibration));
  }

  private static int enter(Handle handle, CalibrationEntry calibration) {
    return handle.createUpdate(ENTER_CALIBRATION).bindMethods(calibration).execute();
  }

  /// All chips, those seen last first.
  public List<ChipEntry> chips() {
    return all(ChipEntry.class, "SELECT * FROM chips ORDER BY last_seen DESC, id");
  }

  /// A chip.
  public Optional<ChipEntry> chip(String id) {
    return chips().stream().filter(chip -> chip.id().equals(id)).findFirst();
  }

  /// All runs, the last first.
  public List<RunEntry> runs() {
    return all(RunEntry.class, "SELECT * FROM runs ORDER BY started DESC, folder DESC, id");
  }

  /// All calibrations, the last first.
  public List<CalibrationEntry> calibrations() {
    return all(CalibrationEntry.class, "SELECT * FROM calibrations ORDER BY made DESC, id");
  }

  /// All entries of wear without the counts of single cells, the last first.
  public List<WearEntry> wear() {
    return all(WearEntry.class, "SELECT " + WEAR_COLUMNS + " FROM wear ORDER BY given DESC, id");
  }

  private <T> List<T> all(Class<T> type, String query) {
    return transaction(handle -> handle.createQuery(query).mapTo(type).list());
  }

  /// Pulses given to each cell of a chip in a stretch of time, array after array. What is one chip by its id, but was seen with
  /// arrays of several shapes, has an array for each shape.
  ///
  /// @param after time of the book; entries at it are left out
  /// @param until time of the book; entries at it are taken
  public List<ArrayWear> wear(String chipId, String after, String until) {
    String query =
        "SELECT "
            + WEAR_COLUMNS
            + ", counts FROM wear WHERE chip_id = :chip AND given > :after AND given <= :until"
            + " ORDER BY array_index, row_count, column_count";
    return transaction(handle -> {
      Map<List<Integer>, ArrayWear> sums = new LinkedHashMap<>();
      handle
          .createQuery(query)
          .bind("chip", chipId)
          .bind("after", after)
          .bind("until", until)
          .map((row, context) -> {
            WearEntry entry = ConstructorMapper.of(WearEntry.class).map(row, context);
            add(sums, entry, row.getBytes("counts"));
            return entry.id();
          })
          .list();
      return List.copyOf(sums.values());
    });
  }

  private void add(Map<List<Integer>, ArrayWear> sums, WearEntry entry, byte[] counts) {
    List<Integer> key = List.of(entry.arrayIndex(), entry.rowCount(), entry.columnCount());
    ArrayWear sum = sums.computeIfAbsent(key, _ -> ArrayWear.none(entry));
    try {
      sum.wear().add(CellWear.decode(counts, sum.wear().cells()));
    } catch (IOException e) {
      throw refused(place, e);
    }
    if (!entry.complete()) {
      sums.put(key, sum.incomplete());
    }
  }
}
