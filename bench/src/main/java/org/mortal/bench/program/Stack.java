package org.mortal.bench.program;

import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.sim.SimChip;

/// The devices that hold targets together: the cells at the same place of several arrays, each counting by a weight.
///
/// @param parts at least one
public record Stack(List<Part> parts) {

  /// One array of a stack: a cell of `g` siemens counts as `weight (g - originSiemens)`.
  public record Part(int array, double weight, double originSiemens) {}

  public Stack {
    parts = List.copyOf(parts);
  }

  /// What all cells hold by measurement, in siemens of the first array, row-major.
  ///
  /// @param reads averaged
  public double[] measured(Chip chip, int reads) {
    double[] sums = null;
    for (Part part : parts) {
      float[] siemens = new RowReads(chip.arrays().get(part.array()), reads).measure();
      sums = sums == null ? new double[siemens.length] : sums;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += part.weight() * (siemens[i] - part.originSiemens());
      }
    }
    return sums;
  }

  /// What all cells hold in truth; for scores on simulated chips only.
  public double[] truth(SimChip chip) {
    double[] sums = null;
    for (Part part : parts) {
      double[][] siemens = chip.truth(part.array()).siemens();
      int columns = siemens[0].length;
      sums = sums == null ? new double[siemens.length * columns] : sums;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += part.weight() * (siemens[i / columns][i % columns] - part.originSiemens());
      }
    }
    return sums;
  }
}
