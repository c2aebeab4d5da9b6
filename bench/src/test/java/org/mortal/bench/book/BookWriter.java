package org.mortal.bench.book;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// One of several processes that write to a book at once: `URL NAME PAGES`.
///
/// Each page is a run, a sight of the chip that all writers share, and a SET pulse to each of its cells.
final class BookWriter {
  static final String CHIP = "shared";
  static final int CELLS = 64;

  private BookWriter() {}

  public static void main(String[] args) {
    BookPlace place =
        BookPlace.of(args[0]).orElseThrow(() -> new IllegalArgumentException("no place"));
    Book book = Book.open(place);
    for (int page = 0; page < Integer.parseInt(args[2]); page++) {
      String run = "%s-%d".formatted(args[1], page);
      book.enter(
          new Page(List.of(chip(CHIP, BookTime.now())), List.of(run(run)), List.of(wear(run, 0))));
    }
  }

  static ChipEntry chip(String id, String seen) {
    return new ChipEntry(id, "sim:" + id, "firmware", 8, 8, null, seen, seen);
  }

  static RunEntry run(String id) {
    return new RunEntry(
        id,
        "train",
        "{\"--seed\":\"1\"}",
        "/runs/" + id,
        "here",
        1L,
        BookTime.now(),
        2.5,
        "sim:" + CHIP,
        CHIP,
        false,
        "0.1.0",
        null,
        "{}");
  }

  /// One SET pulse to each cell.
  static Page.Wear wear(String run, int array) {
    WearCounts counts = new WearCounts(CELLS);
    short[] train = new short[CELLS];
    Arrays.fill(train, (short) 1);
    counts.add(train);
    WearEntry entry =
        new WearEntry(
            UUID.randomUUID().toString(),
            CHIP,
            run,
            array,
            8,
            8,
            BookTime.now(),
            CELLS,
            0,
            0,
            true);
    return new Page.Wear(entry, counts.wear().encoded());
  }
}
