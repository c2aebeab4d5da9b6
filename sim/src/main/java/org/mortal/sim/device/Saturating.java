package org.mortal.sim.device;

/// Conductance along a saturating curve: after `P` of the `P_max` pulses that cross the window from the low to the high bound,
/// `y = (1 − e^{−P/A}) / (1 − e^{−P_max/A})` of the way. A pulse goes on from the place on the curve where the cell
/// lies: SET pulses forward on theirs, RESET pulses backward on theirs.
///
/// `A` follows from a label of nonlinearity: the greatest distance of the curve from a straight line is
/// `|label| / 10.1015`, above it for positive labels and below it for negative ones. So SET steps shrink upwards where
/// the label is positive, RESET steps shrink downwards where it is negative, and either grow otherwise. Levels
/// run from 0 to 1.
///
/// Source: Chen, Peng and Yu, NeuroSim+, IEDM 2017, and its manual, which tabulates A for the labels 0.01 to 9; the
/// relation above reproduces that table to its last digit.
///
/// @param setPulses SET pulses from one bound to the other
/// @param resetPulses RESET pulses from one bound to the other
/// @param setNonlinearity label of the curve of SET pulses, −9 to 9
/// @param resetNonlinearity label of the curve of RESET pulses, −9 to 9
/// @param cycleNoise standard deviation of a step, as a fraction of the window
public record Saturating(
    double setPulses,
    double resetPulses,
    double setNonlinearity,
    double resetNonlinearity,
    double cycleNoise)
    implements UpdateLaw {
  public Saturating {
    Numbers.requirePositive("setPulses", setPulses);
    Numbers.requirePositive("resetPulses", resetPulses);
    Curve.requireLabel("setNonlinearity", setNonlinearity);
    Curve.requireLabel("resetNonlinearity", resetNonlinearity);
    Numbers.requireNotNegative("cycleNoise", cycleNoise);
  }

  /// Mean over the window.
  @Override
  public double setStep() {
    return 1 / setPulses;
  }

  /// Mean over the window.
  @Override
  public double resetStep() {
    return 1 / resetPulses;
  }

  @Override
  public PulseStep set() {
    return pulse(Curve.labelled(setNonlinearity), 1 / setPulses);
  }

  @Override
  public PulseStep reset() {
    return pulse(Curve.labelled(resetNonlinearity), -1 / resetPulses);
  }

  private PulseStep pulse(Curve curve, double pulse) {
    double noise = Math.copySign(cycleNoise, pulse);
    double goal = curve.goal();
    double nominal = curve.approach(pulse);
    return (level, low, high, strength, normal) -> {
      double way = (level - low) / (high - low);
      // Nearly all pulses are nominal ones, and an exponential is slow.
      double part = strength == 1 ? nominal : curve.approach(strength * pulse);
      return level + (high - low) * ((goal - way) * part + strength * noise * normal);
    };
  }

  /// The curve in parts of its length and height: `y(x) = goal · (1 − e^{−x/a})`.
  ///
  /// @param a `A / P_max`
  public record Curve(double a) {
    /// Distance of a curve from the straight line, times this, is its label.
    private static final double LABEL = 10.1015254;

    private static final double MOST = 9;

    /// Beyond this a curve is straight to 1e-5 of its height, and its label drowns in rounding.
    private static final double STRAIGHT = 1e4;

    /// The curve of a label.
    static Curve labelled(double label) {
      double least = 1e-3;
      double most = STRAIGHT;
      while (most / least > 1 + 1e-14) {
        double middle = Math.sqrt(least * most);
        if (new Curve(middle).label() > Math.abs(label)) {
          least = middle;
        } else {
          most = middle;
        }
      }
      return new Curve(Math.copySign(least, label));
    }

    /// The label of this curve.
    public double label() {
      double size = Math.abs(a);
      double height = -Math.expm1(-1 / size);
      double farthest = -size * Math.log(size * height);
      return Math.copySign(LABEL * (-Math.expm1(-farthest / size) / height - farthest), a);
    }

    /// Where the curve would end after endless pulses.
    double goal() {
      return -1 / Math.expm1(-1 / a);
    }

    /// The part of the way to the goal that a piece of the curve's length covers.
    double approach(double length) {
      return -Math.expm1(-length / a);
    }

    static void requireLabel(String name, double label) {
      if (!(Math.abs(label) <= MOST)) {
        throw new IllegalArgumentException(
            "%s must lie from -9 to 9, not %s".formatted(name, label));
      }
    }
  }
}
