package org.mortal.chip;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A chip address with several seeds: `sim:hfox?seed=1..10` stands for ten chips, `sim:hfox?seed=3,7,21..25` for seven.
public final class ChipRange {
  private static final Pattern SEEDS = Pattern.compile("(.*[?&]seed=)([^&]*)(.*)");
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)");
  private static final int MOST = 10_000;

  private ChipRange() {}

  /// The addresses that `text` stands for, each once; itself if it names no seed or one.
  ///
  /// @throws ChipException if a range is empty or unreasonably long
  public static List<String> expand(String text) {
    Matcher matcher = SEEDS.matcher(text);
    if (!matcher.matches()) {
      return List.of(text);
    }
    return Stream.of(matcher.group(2).split(",", -1))
        .flatMap(seeds -> seeds(text, seeds))
        .distinct()
        .map(seed -> matcher.group(1) + seed + matcher.group(3))
        .toList();
  }

  /// What is no range is left to whoever opens the address.
  private static Stream<String> seeds(String text, String seeds) {
    Matcher range = RANGE.matcher(seeds);
    if (!range.matches()) {
      return Stream.of(seeds);
    }
    try {
      long first = Long.parseLong(range.group(1));
      long last = Long.parseLong(range.group(2));
      if (first <= last && Math.subtractExact(last, first) < MOST) {
        return LongStream.rangeClosed(first, last).mapToObj(Long::toString);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Refused below with ranges that are empty or too long.
    }
    throw new ChipException(
        new Fault.BadAddress(
            text,
            "a range of seeds goes up, from 1 to %d of them, for example seed=1..10"
                .formatted(MOST)));
  }
}
