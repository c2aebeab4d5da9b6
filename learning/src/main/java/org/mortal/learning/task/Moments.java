package org.mortal.learning.task;

/// How a sequence lies in a row of a data set: moment after moment, the last of which is a question.
///
/// A moment is a key, a value with one entry that is 1, all 0 where the value is asked for, and how long it is until the next
/// moment, as a share of [#LONGEST_SECONDS].
///
/// @param inputs of a key
/// @param values there are
public record Moments(int inputs, int values) {
  /// The longest time from one moment to the next.
  public static final double LONGEST_SECONDS = 0.1;

  /// Features of a moment.
  public int features() {
    return inputs + values + 1;
  }

  /// Moments in a row of so many features.
  ///
  /// @throws DataException if they do not come out whole
  public int count(long rowFeatures) {
    if (rowFeatures % features() != 0) {
      throw new DataException(
          "a row of %d features is no sequence of moments of %d: %d of a key, %d of a value, 1 of time"
              .formatted(rowFeatures, features(), inputs, values));
    }
    return (int) (rowFeatures / features());
  }

  /// The first feature of the key of a moment.
  public int key(int moment) {
    return moment * features();
  }

  /// The value that is told at a moment of `row`, or -1 where none is.
  public int value(float[] row, int moment) {
    int first = key(moment) + inputs;
    for (int v = 0; v < values; v++) {
      if (row[first + v] > 0) {
        return v;
      }
    }
    return -1;
  }

  /// How long it is from a moment of `row` to the next.
  public double seconds(float[] row, int moment) {
    return row[key(moment) + inputs + values] * LONGEST_SECONDS;
  }

  /// Writes a moment into `row`, but for its key.
  ///
  /// @param value that is told, or -1 for none
  void write(float[] row, int moment, int value, double seconds) {
    int first = key(moment) + inputs;
    if (value >= 0) {
      row[first + value] = 1;
    }
    row[first + values] = (float) (seconds / LONGEST_SECONDS);
  }
}
