package org.mortal.learning.task;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Labelled examples: one row of inputs and one class number each.
///
/// The arrays are shared, not copied: whoever holds a data set treats both as read-only.
///
/// @param inputs float32, order `c`, shape `[n, features]` with `n` and `features` at least 1,
///     every value finite and in `[0, 1]`
/// @param labels `n` class numbers, each in `[0, classes)`
/// @param seconds another right answer for each example, or its label once more where there is one alone
/// @param classes how many classes there are, at least 2; not all of them need occur
public record DataSet(INDArray inputs, int[] labels, int[] seconds, int classes) {

  /// Examples with one right answer each.
  public DataSet(INDArray inputs, int[] labels, int classes) {
    this(inputs, labels, labels, classes);
  }

  /// Checks shapes, types and values.
  ///
  /// @throws DataException if any of the promises above does not hold
  public DataSet {
    if (inputs.dataType() != DataType.FLOAT || inputs.rank() != 2 || inputs.ordering() != 'c') {
      throw new DataException(
          ("data set inputs are %s of rank %d in order '%c', not float32 of rank 2 in order 'c':"
                  + " cast or dup('c') them")
              .formatted(inputs.dataType(), inputs.rank(), inputs.ordering()));
    }
    if (inputs.isEmpty()) {
      throw new DataException("data set is empty: it needs at least one row of one feature");
    }
    if (inputs.size(0) != labels.length) {
      throw new DataException(
          "data set has %d rows of inputs but %d labels: give one label for each row"
              .formatted(inputs.size(0), labels.length));
    }
    if (seconds.length != labels.length) {
      throw new DataException(
          "data set has %d labels but %d second ones: give one for each row"
              .formatted(labels.length, seconds.length));
    }
    if (classes < 2) {
      throw new DataException(
          "data set has %d classes, below the least of 2: nothing could be told apart"
              .formatted(classes));
    }
    requireClasses(labels, classes);
    requireClasses(seconds, classes);
    // The extremes alone would let a NaN through, which loses every comparison; the sum keeps it.
    float sum = inputs.sumNumber().floatValue();
    float least = inputs.minNumber().floatValue();
    float greatest = inputs.maxNumber().floatValue();
    if (!Float.isFinite(sum) || least < 0 || greatest > 1) {
      throw new DataException(
          "data set inputs span %s to %s (sum %s), not finite values in [0, 1]: scale them first"
              .formatted(least, greatest, sum));
    }
  }

  private static void requireClasses(int[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new DataException(
            ("data set label %d of row %d is outside [0, %d):"
                    + " correct the label or the number of classes")
                .formatted(labels[i], i, classes));
      }
    }
  }

  /// Whether an answer is right for an example.
  ///
  /// @param row the example
  /// @param answer a class
  public boolean isRight(int row, int answer) {
    return answer == labels[row] || answer == seconds[row];
  }

  /// The same with wrong labels: each wrong class is as likely as the others. The inputs are shared.
  ///
  /// @param share of the examples that get one, from 0 to 1: the nearest number of them is drawn
  /// @param random what examples and labels are drawn from
  /// @throws DataException if an example has no wrong class, since all there are are right for it
  public DataSet withWrongLabels(double share, RandomGenerator random) {
    int[] wrong = labels.clone();
    int[] others = seconds.clone();
    int left = (int) Math.round(share * size());
    for (int i = 0; i < size(); i++) {
      // As many as are left to draw, of as many as are left to draw from.
      if (random.nextInt(size() - i) < left) {
        left--;
        if (classes == 2 && seconds[i] != labels[i]) {
          throw new DataException(
              "example %d has no wrong label: both classes are right for it".formatted(i));
        }
        do {
          wrong[i] = random.nextInt(classes);
        } while (isRight(i, wrong[i]));
        others[i] = wrong[i];
      }
    }
    return new DataSet(inputs, wrong, others, classes);
  }

  /// How many examples there are.
  ///
  /// @return the number of rows, at least 1
  public int size() {
    return labels.length;
  }

  /// How many inputs an example has.
  ///
  /// @return the number of columns, at least 1
  public int features() {
    return (int) inputs.size(1);
  }

  /// The examples of a range of rows. The inputs are a view into this set's memory; only the labels
  /// are copied.
  ///
  /// @param from the first row, at least 0
  /// @param to the row after the last, above `from` and at most [#size()]
  /// @return the rows `[from, to)` as a data set of the same classes
  /// @throws DataException if the range is empty or leaves this set
  public DataSet slice(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new DataException(
          "rows [%d, %d) are empty or outside this data set of %d rows: choose 0 <= from < to <= %d"
              .formatted(from, to, size(), size()));
    }
    return new DataSet(
        rows(inputs, from, to),
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(seconds, from, to),
        classes);
  }

  /// The rows `[from, to)` of a matrix in order `c`, as a view.
  ///
  /// @param from the first row
  /// @param to the row after the last
  /// @return a matrix that shares the memory of `matrix`
  public static INDArray rows(INDArray matrix, int from, int to) {
    // Not get(interval, all), which gives a single row another rank.
    return Nd4j.create(
        matrix.data(),
        new long[] {to - from, matrix.size(1)},
        new long[] {matrix.stride(0), matrix.stride(1)},
        matrix.offset() + from * matrix.stride(0),
        'c');
  }
}
