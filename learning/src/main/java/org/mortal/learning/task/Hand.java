package org.mortal.learning.task;

import java.util.random.RandomGenerator;

/// One way of writing: where a point of a glyph lands on the canvas.
///
/// A smooth warp (a few long sine waves) bends the glyph; then a random affine map turns, slants,
/// stretches and shifts it. All trigonometry is [StrictMath]'s, so that a seed gives the same
/// pictures on every machine.
final class Hand {
  /// The waves of the warp; each shifts x and y.
  private static final int WAVES = 3;

  private static final int PARAMETERS = 5;
  private static final double HEIGHT = 20;
  private static final double TURN = 0.26;
  private static final double SLANT = 0.35;
  private static final double SHIFT = 1.9;
  private static final double WARP = 0.05;

  private final double[] waves = new double[WAVES * PARAMETERS];
  private final double xx;
  private final double xy;
  private final double yx;
  private final double yy;
  private final double left;
  private final double top;

  /// Draws a hand.
  ///
  /// @param random the source of all variation
  /// @param side the side of the square canvas in pixels
  Hand(RandomGenerator random, int side) {
    for (int i = 0; i < waves.length; i += PARAMETERS) {
      double direction = random.nextDouble(0, 2 * Math.PI);
      double frequency = 2 * Math.PI * random.nextDouble(0.3, 1.1);
      waves[i] = frequency * StrictMath.cos(direction);
      waves[i + 1] = frequency * StrictMath.sin(direction);
      waves[i + 2] = random.nextDouble(0, 2 * Math.PI);
      waves[i + 3] = random.nextDouble(-WARP, WARP);
      waves[i + 4] = random.nextDouble(-WARP, WARP);
    }
    double turn = random.nextDouble(-TURN, TURN);
    double slant = random.nextDouble(-SLANT, SLANT);
    double height = HEIGHT * random.nextDouble(0.75, 1.1);
    double width = height * random.nextDouble(0.75, 1.2);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    // Slant first (x gains -slant * y), then stretch, then turn.
    xx = cos * width;
    xy = -cos * width * slant - sin * height;
    yx = sin * width;
    yy = -sin * width * slant + cos * height;
    left = (side - 1) / 2.0 + random.nextDouble(-SHIFT, SHIFT);
    top = (side - 1) / 2.0 + random.nextDouble(-SHIFT, SHIFT);
  }

  /// Where a point lands.
  ///
  /// @param x across, in units of the glyph's height from its middle
  /// @param y downwards, likewise
  /// @param to receives x and y in pixels, where pixel centres are whole numbers
  void place(double x, double y, double[] to) {
    double bentX = x;
    double bentY = y;
    for (int i = 0; i < waves.length; i += PARAMETERS) {
      double wave = StrictMath.sin(waves[i] * x + waves[i + 1] * y + waves[i + 2]);
      bentX += waves[i + 3] * wave;
      bentY += waves[i + 4] * wave;
    }
    to[0] = xx * bentX + xy * bentY + left;
    to[1] = yx * bentX + yy * bentY + top;
  }
}
