package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A chip address with a range of seeds: `sim:hfox?seed=1..10` stands for ten chips.
public final class ChipRange {
  private static final Pattern RANGE = Pattern.compile("(.*[?&]seed=)(-?\\d+)\\.\\.(-?\\d+)(.*)");
  private static final int MOST = 10_000;

  private ChipRange() {}

  /// The addresses that `text` stands for; itself if it has no range.
  ///
  /// @throws JobException if the range is empty or unreasonably long
  public static List<String> expand(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      return List.of(text);
    }
    try {
      long first = Long.parseLong(matcher.group(2));
      long last = Long.parseLong(matcher.group(3));
      if (first <= last && last - first < MOST) {
        List<String> addresses = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
          addresses.add(matcher.group(1) + seed + matcher.group(4));
        }
        return addresses;
      }
    } catch (NumberFormatException e) {
      // Refused below with ranges that are empty or too long.
    }
    throw new JobException(
        "chips '%s': a range of seeds goes up, from 1 to %d of them, for example seed=1..10"
            .formatted(text, MOST));
  }
}
