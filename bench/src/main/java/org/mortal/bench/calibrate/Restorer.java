package org.mortal.bench.calibrate;

/// Brings cells that answer to pulses back to where they were.
final class Restorer {
  private static final int ROUNDS = 5;

  /// Steps scatter, so a little less than what is missing does not overshoot.
  private static final double CAUTION = 0.8;

  /// Of a nominal step: a cell that seems to move by less may not be given more pulses for it.
  private static final double LEAST = 0.02;

  private final ArrayReader reader;
  private final Conductances conductances;
  private final double[][] before;
  private final double[][] steps;
  private final boolean[][] answers;

  /// @param before where cells were, in siemens
  /// @param steps of each cell by one pulse
  /// @param answers cells that move
  Restorer(
      ArrayReader reader,
      Conductances conductances,
      double[][] before,
      double[][] steps,
      boolean[][] answers) {
    this.reader = reader;
    this.conductances = conductances;
    this.before = before;
    this.steps = steps;
    this.answers = answers;
  }

  /// @param passes of each reading
  /// @return how far cells are off in the end, root mean square in siemens
  double run(int passes) {
    int columns = reader.geometry().columns();
    double[][] now = conductances.read(passes).siemens();
    for (int round = 0; round < ROUNDS; round++) {
      double[][] seen = now;
      Pulses.give(reader, i -> missing(seen, i / columns, i % columns));
      now = conductances.read(passes).siemens();
    }
    double squares = 0;
    int count = 0;
    for (int r = 0; r < now.length; r++) {
      for (int c = 0; c < columns; c++) {
        if (answers[r][c]) {
          squares += Math.pow(now[r][c] - before[r][c], 2);
          count++;
        }
      }
    }
    return Math.sqrt(squares / Math.max(1, count));
  }

  private int missing(double[][] now, int row, int column) {
    if (!answers[row][column]) {
      return 0;
    }
    double least = LEAST * reader.limits().write().stepSiemens();
    double pulses = (before[row][column] - now[row][column]) / Math.max(steps[row][column], least);
    return Math.abs(pulses) < 1 ? 0 : (int) Math.rint(CAUTION * pulses);
  }
}
