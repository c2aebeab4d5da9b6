package org.mortal.learning.task;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A square picture under the pen: keeps for each pixel the squared distance to the nearest stroke,
/// and turns that into antialiased ink at the end. Pixel centres are whole numbers.
final class Canvas {
  /// How far from a stroke's middle ink can reach, in pixels; the widest pen must stay below it.
  private static final double REACH = 3;

  private static final double LEVELS = 255;

  private final int side;
  private final double[] distances;
  private final double[] ink;

  /// A blank picture.
  ///
  /// @param side its side in pixels
  Canvas(int side) {
    this.side = side;
    distances = new double[side * side];
    ink = new double[side * side];
    Arrays.fill(distances, REACH * REACH);
  }

  /// Draws the pen's middle line along a segment; what lies outside the picture is cut off.
  void stroke(double x0, double y0, double x1, double y1) {
    int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - REACH));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x1) + REACH));
    int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - REACH));
    int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y1) + REACH));
    double dx = x1 - x0;
    double dy = y1 - y0;
    // A segment without length is a dot: any divisor above zero gives the distance to its start.
    double perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = Math.clamp(((x - x0) * dx + (y - y0) * dy) * perLength, 0.0, 1.0);
        double missX = x - x0 - along * dx;
        double missY = y - y0 - along * dy;
        double distance = missX * missX + missY * missY;
        int pixel = y * side + x;
        if (distance < distances[pixel]) {
          distances[pixel] = distance;
        }
      }
    }
  }

  /// Turns the strokes into grey values.
  ///
  /// @param radius half the pen's width in pixels, at most 2.5
  /// @param blur the share of a pixel's ink that goes to its neighbours, in `[0, 1]`
  /// @param contrast the grey value of full ink, in `[0, 1]`
  /// @param noise the greatest deviation of a pixel, drawn evenly
  /// @param random the source of the noise
  /// @param to receives the picture row by row, values `k / 255` in `[0, 1]`
  /// @param at where in `to` the picture begins
  void develop(
      double radius,
      double blur,
      double contrast,
      double noise,
      RandomGenerator random,
      float[] to,
      int at) {
    for (int pixel = 0; pixel < ink.length; pixel++) {
      ink[pixel] = Math.clamp(radius + 0.5 - Math.sqrt(distances[pixel]), 0.0, 1.0);
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double around = (inkAt(x - 1, y) + inkAt(x + 1, y) + inkAt(x, y - 1) + inkAt(x, y + 1)) / 4;
        double grey = (1 - blur) * ink[y * side + x] + blur * around;
        double noisy = contrast * grey + noise * random.nextDouble(-1, 1);
        // Whole levels, as a camera gives: a last-bit difference in the sums above cannot show.
        to[at + y * side + x] =
            (float) (Math.floor(LEVELS * Math.clamp(noisy, 0.0, 1.0) + 0.5) / LEVELS);
      }
    }
  }

  private double inkAt(int x, int y) {
    return x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x];
  }
}
