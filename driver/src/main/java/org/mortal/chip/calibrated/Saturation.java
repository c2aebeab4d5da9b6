package org.mortal.chip.calibrated;

/// What an amplifier does near its full scale.
public enum Saturation {
  /// Nothing: it is a straight line.
  NONE {
    @Override
    double undo(double amps, double fullScaleAmps) {
      return amps;
    }
  },
  /// It bends as `S tanh(i / S)` does.
  TANH {
    @Override
    double undo(double amps, double fullScaleAmps) {
      double share = amps / fullScaleAmps;
      return 0.5 * fullScaleAmps * Math.log((1 + share) / (1 - share));
    }
  };

  /// The current that the amplifier was given where it shows `amps`, which lie within full scale.
  abstract double undo(double amps, double fullScaleAmps);
}
