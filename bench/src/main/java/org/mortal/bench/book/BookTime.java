package org.mortal.bench.book;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as the book keeps them: text in UTC with milliseconds, which sorts as times do.
public final class BookTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private BookTime() {}

  /// Now.
  public static String now() {
    return of(Instant.now());
  }

  /// A moment.
  public static String of(Instant moment) {
    return FORMAT.format(moment);
  }

  /// A time with its zone, as manifests have it.
  static String of(String withZone) {
    return of(OffsetDateTime.parse(withZone).toInstant());
  }

  /// The beginning of a day here, as `2026-11-22`, or a time, as `2026-11-22T09:30` here or with a zone.
  ///
  /// @throws IllegalArgumentException with a line for the user, if it is neither
  public static String from(String text) {
    return of(moment(text, 0));
  }

  /// The end of a day here, or a time.
  ///
  /// @throws IllegalArgumentException with a line for the user, if it is neither
  public static String until(String text) {
    return of(moment(text, 1));
  }

  private static Instant moment(String text, int daysLater) {
    ZoneId here = ZoneId.systemDefault();
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).plusDays(daysLater).atStartOfDay(here).toInstant();
      }
      return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(here).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no date: give it as 2026-11-22 or 2026-11-22T09:30".formatted(text), e);
    }
  }

  /// A time of the book for people, here.
  public static String show(String time) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
        .withZone(ZoneId.systemDefault())
        .format(Instant.parse(time));
  }
}
