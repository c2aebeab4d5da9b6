package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.List;

/// All cells of an array from one end of their window to the other and back, read on the way.
///
/// First they are RESET by more than any should need, then SET in equal parts, then RESET again in as many.
///
/// @param points in the order in which they were measured
/// @param reads of each cell at each point
record PulseTrial(List<Point> points, int reads) {
  /// Parts of a way.
  private static final int PARTS = 16;

  /// Pulses given, as part of what a nominal cell needs for its window: cells whose steps are small need more.
  private static final double MORE = 1.6;

  /// @param pulses to every cell since the point before, negative for RESET; 0 for the first
  record Point(int pulses, CellReads cells) {}

  static PulseTrial run(ArrayMeter meter, int reads) {
    double steps = meter.limits().windowSiemens() / meter.limits().write().stepSiemens();
    int part = (int) Math.max(1, Math.ceil(MORE * steps / PARTS));
    int parts = (int) Math.min(PARTS, Math.ceil(MORE * steps / part));
    meter.pulseAll(-part * parts);
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, meter.cells(reads)));
    for (int direction = 1; direction >= -1; direction -= 2) {
      for (int k = 0; k < parts; k++) {
        meter.pulseAll(direction * part);
        points.add(new Point(direction * part, meter.cells(reads)));
      }
    }
    return new PulseTrial(points, reads);
  }

  /// The point at which cells were SET most.
  int top() {
    int top = 0;
    while (top + 1 < points.size() && points.get(top + 1).pulses() > 0) {
      top++;
    }
    return top;
  }

  double siemens(int point, int row, int column) {
    return points.get(point).cells().siemens()[row][column];
  }
}
