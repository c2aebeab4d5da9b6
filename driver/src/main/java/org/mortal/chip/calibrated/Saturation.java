package org.mortal.chip.calibrated;

/// What an amplifier does near its full scale.
public enum Saturation {
  /// Nothing: it is a straight line.
  NONE {
    @Override
    public double apply(double amps, double fullScaleAmps) {
      return amps;
    }

    @Override
    public double undo(double amps, double fullScaleAmps) {
      return amps;
    }
  },
  /// It bends as `S tanh(i / S)` does.
  TANH {
    @Override
    public double apply(double amps, double fullScaleAmps) {
      return fullScaleAmps * Math.tanh(amps / fullScaleAmps);
    }

    @Override
    public double undo(double amps, double fullScaleAmps) {
      double share = amps / fullScaleAmps;
      return 0.5 * fullScaleAmps * Math.log((1 + share) / (1 - share));
    }
  };

  /// What the amplifier shows where it is given `amps`.
  public abstract double apply(double amps, double fullScaleAmps);

  /// The current that the amplifier was given where it shows `amps`, which lie within full scale.
  public abstract double undo(double amps, double fullScaleAmps);
}
