package org.mortal.bench.characterise;

/// A kind of characterisation: which steps it takes, and what their readings say.
interface Characterisation {
  /// The region where the user names none: a corner, or the whole array for a kind that is quick and does cells no harm.
  default boolean wholeArray() {
    return false;
  }

  Plan plan(Settings settings);

  /// @param readings of that plan, perhaps of its first steps only
  Findings find(Readings readings);
}
