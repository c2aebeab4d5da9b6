package org.mortal.chip.board;

import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Measures single cells of an array: drives their rows one by one, and takes off what is read at no voltage.
final class CellReader {
  private final Controller controller;
  private final int array;
  private final Geometry geometry;
  private final float volts;

  CellReader(Controller controller, int array) {
    this.controller = controller;
    this.array = array;
    this.geometry = controller.greeting().geometry();
    this.volts = (float) controller.greeting().limits().maxReadVolts();
  }

  /// The conductances of `cells`, which are row-major indices.
  float[] measure(int[] cells) {
    int[] rows = Arrays.stream(cells).map(cell -> cell / geometry.columns()).distinct().toArray();
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    Batch plus = read(rows, pairs ? Read.Sense.PLUS : Read.Sense.ALL);
    Batch minus = pairs ? read(rows, Read.Sense.MINUS) : plus;
    float[] siemens = new float[cells.length];
    int place = 0;
    for (int i = 0; i < cells.length; i++) {
      int row = cells[i] / geometry.columns();
      int column = cells[i] % geometry.columns();
      while (rows[place] != row) {
        place++;
      }
      boolean negative = column >= geometry.outputs();
      Batch amps = negative ? minus : plus;
      int output = negative ? column - geometry.outputs() : column;
      double current = amps.get(place, output) - (double) amps.get(rows.length, output);
      siemens[i] = (float) ((negative ? -current : current) / volts);
    }
    return siemens;
  }

  /// One vector for each of `rows`, and one that drives nothing.
  private Batch read(int[] rows, Read.Sense sense) {
    Batch inputs = Batch.zeros(rows.length + 1, geometry.rows());
    for (int n = 0; n < rows.length; n++) {
      inputs.set(n, rows[n], 1f);
    }
    Batch amps = Batch.zeros(rows.length + 1, geometry.outputs());
    Read read = new Read(inputs, volts, null, sense);
    controller.read(List.of(new Chip.ArrayRead(array, read, amps)));
    return amps;
  }
}
