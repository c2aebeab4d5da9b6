package org.mortal.bench.book;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.mortal.bench.run.RunException;

/// The tables of a book, and how they come to be those of this version.
final class Schema {
  /// The last of the migrations.
  static final int NEWEST = 2;

  private static final String HISTORY = "flyway_schema_history";
  private static final String MIGRATIONS = "classpath:org/mortal/bench/book/migration";

  /// A lock on a file is one of the process, not of a thread.
  private static final ReentrantLock HERE = new ReentrantLock();

  private Schema() {}

  /// Makes the tables where there are none, and brings those of an earlier version up to date.
  ///
  /// @throws RunException if the place holds something else, or the book of a newer version
  static void bringUpToDate(BookPlace place) throws SQLException, IOException {
    if (isNewest(place)) {
      return;
    }
    switch (place) {
      // Flyway takes turns by itself there.
      case BookPlace.OnServer _ -> migrate(place);
      case BookPlace.InFile(Path file) -> {
        HERE.lock();
        try {
          inTurn(file, place);
        } finally {
          HERE.unlock();
        }
      }
    }
  }

  /// SQLite has one writer at a time, but no lock that would outlast a whole migration. This one is on a file of its own, since a
  /// process loses its locks on a file as soon as any part of it, as SQLite, closes that.
  private static void inTurn(Path file, BookPlace place) throws SQLException, IOException {
    Path turns = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(turns, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!isNewest(place)) {
        writeAhead(place);
        migrate(place);
      }
      // Whoever waits for it finds a book that is up to date, as whoever makes it anew does.
      Files.deleteIfExists(turns);
    }
  }

  private static boolean isNewest(BookPlace place) throws SQLException {
    if (place instanceof BookPlace.InFile(Path file) && !Files.exists(file)) {
      return false;
    }
    int version = version(place);
    if (version > NEWEST) {
      throw new RunException(
          "the lab book %s is of a newer Mortal (schema %d, this one knows %d): update Mortal, or name another with --book"
              .formatted(place, version, NEWEST),
          null);
    }
    return version == NEWEST;
  }

  /// The schema's version, 0 where there is nothing yet.
  private static int version(BookPlace place) throws SQLException {
    try (Connection connection = DriverManager.getConnection(place.url())) {
      boolean history = false;
      boolean others = false;
      String[] kinds = {"TABLE", "PARTITIONED TABLE", "VIEW"};
      try (ResultSet tables =
          connection.getMetaData().getTables(null, connection.getSchema(), null, kinds)) {
        while (tables.next()) {
          history |= HISTORY.equals(tables.getString("TABLE_NAME"));
          others = true;
        }
      }
      return history ? version(connection) : refuseUnlessEmpty(place, others);
    }
  }

  private static int refuseUnlessEmpty(BookPlace place, boolean others) {
    if (others) {
      throw new RunException(
          "%s is the database of something else, it was left as it is: name another with --book"
              .formatted(place),
          null);
    }
    return 0;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM " + HISTORY + " WHERE success")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /// From now on readers do not wait for the writer, nor it for them. The file remembers.
  private static void writeAhead(BookPlace place) throws SQLException {
    try (Connection connection = DriverManager.getConnection(place.url());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
    }
  }

  private static void migrate(BookPlace place) {
    migrate(place, String.valueOf(NEWEST));
  }

  /// Brings the tables to a version, for tests of those that follow it.
  static void migrate(BookPlace place, String target) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(place.url(), null, null)
        .locations(MIGRATIONS)
        .table(HISTORY)
        .target(target)
        .load()
        .migrate();
  }
}
