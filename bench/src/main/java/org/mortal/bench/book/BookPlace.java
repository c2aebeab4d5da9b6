package org.mortal.bench.book;

import java.nio.file.Path;
import java.util.Optional;

/// Where a lab book is: in a file of its own (SQLite), or on a server that benches share (PostgreSQL).
public sealed interface BookPlace {
  /// What is given in the place of a place to keep no book.
  String NONE = "none";

  /// The book beside run folders.
  String FILE = "book.db";

  /// What the driver of the database is called with.
  String url();

  /// A book in a file.
  record InFile(Path file) implements BookPlace {
    @Override
    public String url() {
      return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// A book on a server.
  record OnServer(String url) implements BookPlace {
    /// Without what follows the question mark, where passwords are.
    @Override
    public String toString() {
      int question = url.indexOf('?');
      return question < 0 ? url : url.substring(0, question);
    }
  }

  /// The place that `text` names: a file, a URL that begins with `jdbc:postgresql:`, or nothing if it is [#NONE].
  ///
  /// @throws IllegalArgumentException with a line for the user, if it is a URL of something else or no name of a file
  static Optional<BookPlace> of(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    if (text.startsWith("jdbc:postgresql:")) {
      return Optional.of(new OnServer(text));
    }
    if (text.startsWith("jdbc:") || text.contains("://")) {
      throw new IllegalArgumentException(
          "a book is kept in a file or at jdbc:postgresql://HOST/DATABASE, not at '%s'"
              .formatted(text.replaceFirst("\\?.*", "")));
    }
    if (text.isBlank() || text.contains("?")) {
      // SQLite's driver takes what follows a question mark for options.
      throw new IllegalArgumentException(
          "the name of a book's file must not be empty or have a '?' in it: '%s'".formatted(text));
    }
    return Optional.of(new InFile(Path.of(text)));
  }
}
