package org.mortal.bench.selftest;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Names lines and outputs that were found bad, the first of them.
final class Places {
  private static final int SHOWN = 8;

  private Places() {}

  /// For example `2 rows that conduct nothing: 3, 17`.
  static String describe(int[] indices, String what) {
    if (indices.length == 0) {
      return "no " + what;
    }
    String first =
        Arrays.stream(indices)
            .limit(SHOWN)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    return "%d %s: %s%s".formatted(indices.length, what, first, more(indices.length));
  }

  /// What stands behind the first of a list of `length`.
  static String more(int length) {
    return length > SHOWN ? ", and %d more".formatted(length - SHOWN) : "";
  }
}
