package org.mortal.bench.book;

import java.nio.file.Path;

/// The databases that a book must work in.
enum Places {
  SQLITE,
  POSTGRESQL;

  /// A place without a book.
  BookPlace newPlace(Path folder) throws Exception {
    return switch (this) {
      case SQLITE -> new BookPlace.InFile(folder.resolve("book.db"));
      case POSTGRESQL -> PostgresServer.newPlace();
    };
  }
}
