package org.mortal.sim.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// The current that a voltage drives through a cell that was programmed to a conductance.
///
/// Every law rises strictly with the voltage for a cell above 0 S, so that a circuit of such cells has one solution, and
/// carries nothing at 0 V or through a cell of 0 S. Voltages and currents count from the row to the column.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "law")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Conduction.Ohmic.class, name = "ohmic"),
  @JsonSubTypes.Type(value = Conduction.Sinh.class, name = "sinh"),
  @JsonSubTypes.Type(value = Cubic.class, name = "cubic"),
  @JsonSubTypes.Type(value = Selector.class, name = "selector")
})
public sealed interface Conduction permits Conduction.Ohmic, Conduction.Sinh, Cubic, Selector {
  /// The current through a cell of `siemens` under `volts`.
  double amps(double volts, double siemens);

  /// The derivative of [#amps] by the voltage, in siemens.
  double slope(double volts, double siemens);

  /// Current and slope of every cell at once; all arrays have one element for each cell.
  default void solve(double[] volts, double[] siemens, double[] amps, double[] slopes) {
    for (int cell = 0; cell < volts.length; cell++) {
      amps[cell] = amps(volts[cell], siemens[cell]);
      slopes[cell] = slope(volts[cell], siemens[cell]);
    }
  }

  /// Ohm's law.
  record Ohmic() implements Conduction {
    @Override
    public double amps(double volts, double siemens) {
      return siemens * volts;
    }

    @Override
    public double slope(double volts, double siemens) {
      return siemens;
    }
  }

  /// I = G v sinh(V / v), with G the conductance at low voltage: tunnelling and hopping through an oxide.
  ///
  /// Source: the voltage dependence of the compact model of Jiang, Wu, Yu and others, IEEE Transactions on Electron
  /// Devices 63, 1884 (2016), which has v = 0.25 V.
  ///
  /// @param scaleVolts v, where the current is 18 % above Ohm's law
  record Sinh(double scaleVolts) implements Conduction {
    public Sinh {
      if (!(scaleVolts > 0 && scaleVolts < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the scale of a sinh law must be above 0 V and finite, not " + scaleVolts + " V");
      }
    }

    @Override
    public double amps(double volts, double siemens) {
      return siemens * scaleVolts * Math.sinh(volts / scaleVolts);
    }

    @Override
    public double slope(double volts, double siemens) {
      return siemens * Math.cosh(volts / scaleVolts);
    }

    @Override
    public void solve(double[] volts, double[] siemens, double[] amps, double[] slopes) {
      for (int cell = 0; cell < volts.length; cell++) {
        // Both from one exponential, without cancellation at low voltages.
        double less = Math.expm1(Math.abs(volts[cell]) / scaleVolts);
        double ratio = less / (less + 1);
        double sinh = Math.copySign(0.5 * (less + ratio), volts[cell]);
        amps[cell] = siemens[cell] * scaleVolts * sinh;
        slopes[cell] = siemens[cell] * (1 + 0.5 * less * ratio);
      }
    }
  }
}
