package org.mortal.chip.calibrated;

/// The [InputBend]s of an array side by side: what [InputBend#ask] gives, for a vector at once.
final class InputBends {
  /// Newton's steps, as many as the plain twin takes: each squares an error that is below the bend.
  private static final int STEPS = 4;

  private final float[] rise;
  private final float[] bow;
  private final float[] skew;
  private final boolean straight;

  InputBends(InputBend[] rows) {
    this.rise = new float[rows.length];
    this.bow = new float[rows.length];
    this.skew = new float[rows.length];
    boolean bent = false;
    for (int i = 0; i < rows.length; i++) {
      rise[i] = (float) rows[i].rise();
      bow[i] = (float) rows[i].bow();
      skew[i] = (float) rows[i].skew();
      bent |= rise[i] != 0 || bow[i] != 0 || skew[i] != 0;
    }
    this.straight = !bent;
  }

  /// Whether no row bends, so that there is nothing to ask for but what is wanted.
  boolean straight() {
    return straight;
  }

  /// Replaces the first `count` shares of the highest voltage that are to act by those to ask for.
  ///
  /// @param acting work space, at least as long
  void ask(float[] shares, float[] acting, int count) {
    System.arraycopy(shares, 0, acting, 0, count);
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < count; i++) {
        float u = shares[i];
        float bump = u * (1 - u);
        float acts = u + rise[i] * u + bow[i] * bump + skew[i] * bump * (1 - 2 * u);
        float slope = 1 + rise[i] + bow[i] * (1 - 2 * u) + skew[i] * (1 - 6 * bump);
        shares[i] = u - (acts - acting[i]) / slope;
      }
      limit(shares, count);
    }
  }

  /// A loop of its own: as part of the other it would keep that one from being vectorised.
  private static void limit(float[] shares, int count) {
    for (int i = 0; i < count; i++) {
      shares[i] = Math.max(0f, Math.min(1f, shares[i]));
    }
  }
}
