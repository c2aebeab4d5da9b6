package org.mortal.learning.task;

import java.util.ArrayList;
import java.util.List;

/// The ten digits as pen strokes, in one to four writing styles each.
///
/// A glyph lives in a box of 100 by 100 units, x to the right and y downwards, and is flattened
/// once into short segments of some 3 to 15 units, so that a later warp can bend straight strokes
/// too.
final class Glyphs {
  /// The steps that each span between two control points is cut into.
  private static final int STEPS = 6;

  private static final List<List<Glyph>> DIGITS =
      List.of(
          List.of(
              glyph(curve(50, 2, 28, 15, 20, 50, 28, 85, 50, 98, 72, 85, 80, 50, 72, 15, 50, 2)),
              glyph(curve(58, 4, 34, 12, 24, 48, 34, 90, 54, 98, 74, 80, 76, 40, 62, 10, 44, 4))),
          List.of(
              glyph(line(50, 2, 50, 98)),
              glyph(line(41, 20, 54, 2, 54, 98)),
              glyph(line(38, 20, 54, 2, 54, 98), line(32, 98, 76, 98))),
          List.of(
              glyph(
                  curve(24, 26, 34, 6, 54, 2, 74, 14, 74, 36, 52, 64, 24, 96),
                  line(24, 96, 78, 96)),
              glyph(
                  curve(
                      26, 20, 48, 3, 72, 16, 68, 44, 44, 74, 26, 92, 22, 82, 38, 78, 60, 94, 80,
                      90))),
          List.of(
              glyph(
                  curve(26, 12, 50, 2, 72, 14, 68, 38, 44, 47),
                  curve(44, 47, 72, 56, 78, 78, 54, 98, 24, 88)),
              glyph(line(26, 4, 74, 4, 46, 42), curve(46, 42, 72, 52, 76, 78, 52, 98, 24, 86))),
          List.of(
              glyph(line(34, 2, 22, 56, 80, 56), line(66, 26, 64, 98)),
              glyph(line(62, 2, 20, 66, 82, 66), line(62, 2, 62, 98)),
              glyph(curve(26, 4, 26, 40, 44, 54, 70, 46), line(73, 4, 68, 98))),
          List.of(
              glyph(
                  line(74, 4, 32, 4, 28, 44),
                  curve(28, 44, 52, 36, 76, 54, 72, 84, 48, 98, 24, 88)),
              glyph(
                  line(34, 6, 29, 42),
                  curve(29, 42, 56, 42, 76, 64, 66, 90, 42, 98, 22, 88),
                  line(34, 6, 76, 3))),
          List.of(
              glyph(
                  curve(
                      68, 6, 40, 24, 24, 60, 32, 90, 54, 98, 74, 84, 72, 62, 52, 52, 34, 62, 27,
                      78)),
              glyph(curve(60, 2, 34, 40, 24, 72, 40, 96, 64, 94, 74, 74, 58, 58, 36, 64, 26, 76))),
          List.of(
              glyph(line(24, 4, 76, 4, 44, 98)),
              glyph(line(24, 4, 76, 4, 44, 98), line(36, 50, 74, 50)),
              glyph(line(23, 18, 25, 4, 77, 4), curve(77, 4, 56, 44, 46, 98))),
          List.of(
              glyph(
                  curve(
                      72, 14, 50, 2, 30, 12, 32, 34, 52, 48, 74, 66, 72, 90, 50, 98, 27, 88, 28, 66,
                      50, 48, 70, 32, 72, 14)),
              glyph(
                  curve(50, 2, 32, 10, 30, 32, 50, 46, 70, 32, 68, 10, 50, 2),
                  curve(50, 46, 26, 58, 24, 86, 50, 98, 76, 86, 74, 58, 50, 46))),
          List.of(
              glyph(
                  curve(73, 26, 56, 4, 34, 8, 26, 30, 38, 50, 58, 48, 73, 26), line(74, 6, 70, 98)),
              glyph(
                  curve(73, 24, 54, 3, 30, 12, 28, 38, 48, 52, 68, 42, 73, 24),
                  curve(73, 22, 74, 56, 60, 90, 32, 96)),
              glyph(curve(70, 10, 46, 4, 28, 24, 42, 48, 66, 38, 72, 12), line(72, 12, 56, 98))));

  private Glyphs() {}

  /// The writing styles of a digit.
  ///
  /// @param digit 0 to 9
  /// @return at least one glyph, unmodifiable
  static List<Glyph> styles(int digit) {
    return DIGITS.get(digit);
  }

  /// A flattened glyph: segment `i` runs from `(x0[i], y0[i])` to `(x1[i], y1[i])`, in units of the
  /// box's height measured from its middle, thus in `[-0.5, 0.5]`.
  record Glyph(double[] x0, double[] y0, double[] x1, double[] y1) {}

  private static Glyph glyph(double[]... strokes) {
    List<double[]> segments = new ArrayList<>();
    for (double[] stroke : strokes) {
      for (int i = 0; i + 3 < stroke.length; i += 2) {
        segments.add(new double[] {stroke[i], stroke[i + 1], stroke[i + 2], stroke[i + 3]});
      }
    }
    return new Glyph(
        column(segments, 0), column(segments, 1), column(segments, 2), column(segments, 3));
  }

  private static double[] column(List<double[]> segments, int part) {
    return segments.stream().mapToDouble(segment -> segment[part] / 100 - 0.5).toArray();
  }

  /// A polyline through the given points, each leg cut into short pieces.
  private static double[] line(double... points) {
    return flatten(points, false);
  }

  /// A smooth curve through the given points (a uniform Catmull-Rom spline, which is a chain of
  /// cubic Béziers). It closes smoothly if the last point is the first.
  private static double[] curve(double... points) {
    return flatten(points, true);
  }

  private static double[] flatten(double[] points, boolean smooth) {
    int spans = points.length / 2 - 1;
    boolean closed =
        points[0] == points[points.length - 2] && points[1] == points[points.length - 1];
    double[] out = new double[2 * (spans * STEPS + 1)];
    for (int i = 0; i <= spans * STEPS; i++) {
      int span = Math.min(i / STEPS, spans - 1);
      double t = (double) (i - span * STEPS) / STEPS;
      int before = span > 0 ? span - 1 : closed ? spans - 1 : 0;
      int after = span + 2 <= spans ? span + 2 : closed ? 1 : spans;
      for (int axis = 0; axis < 2; axis++) {
        double a = points[2 * span + axis];
        double b = points[2 * span + 2 + axis];
        out[2 * i + axis] =
            smooth
                ? spline(points[2 * before + axis], a, b, points[2 * after + axis], t)
                : a + (b - a) * t;
      }
    }
    return out;
  }

  /// The Catmull-Rom value between `a` (t = 0) and `b` (t = 1), in Hermite form.
  private static double spline(double before, double a, double b, double after, double t) {
    double from = (b - before) / 2;
    double to = (after - a) / 2;
    double t2 = t * t;
    double t3 = t2 * t;
    return (2 * t3 - 3 * t2 + 1) * a
        + (t3 - 2 * t2 + t) * from
        + (3 * t2 - 2 * t3) * b
        + (t3 - t2) * to;
  }
}
