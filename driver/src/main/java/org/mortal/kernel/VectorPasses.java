package org.mortal.kernel;

import org.mortal.kernel.Readout.Converter;

/// The passes of vector instructions over a row, each compiled on its own.
///
/// They are called from one place and by number, so that the compiler cannot tell which it is and does not make it part of the
/// caller: there it may give up keeping vectors in registers, which takes ten times as long.
final class VectorPasses {
  static final int SQUARE = 0;
  static final int DEVIATE = 1;
  static final int AMPLIFY = 2;
  static final int SATURATE = 3;
  static final int ROUND = 4;

  private static final Pass[] PASSES = {
    VectorSquares::square,
    VectorReadout::deviate,
    VectorReadout::amplify,
    VectorReadout::saturate,
    VectorReadout::round
  };

  private VectorPasses() {}

  /// What a pass works on; none needs all of it.
  ///
  /// @param row what is replaced
  record Operands(
      Converter converter,
      float[] row,
      float[] spread,
      float[] normals,
      float[] gain,
      float[] shift,
      float common,
      int count) {}

  @FunctionalInterface
  private interface Pass {
    void over(Operands operands);
  }

  /// Passes `first` to `last`, one after another.
  static void run(int first, int last, Operands operands) {
    for (int pass = first; pass <= last; pass++) {
      PASSES[pass].over(operands);
    }
  }
}
