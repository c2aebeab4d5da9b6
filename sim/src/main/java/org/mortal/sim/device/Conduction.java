package org.mortal.sim.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

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

  /// One product of which the current is a sum, `volts(V) siemens(G)`.
  record Term(DoubleUnaryOperator volts, DoubleUnaryOperator siemens) {}

  /// The law as a sum of products, so that the currents of many cells are as many matrix products; empty if it is none.
  ///
  /// @param mostVolts the highest voltage that will be asked for
  default List<Term> terms(double mostVolts) {
    return List.of();
  }

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
  /// Above 20 v, where the current is ten million times Ohm's and no cell would stand it, the law goes on along its
  /// tangent.
  ///
  /// Source: the voltage dependence of the compact model of Jiang, Wu, Yu and others, IEEE Transactions on Electron
  /// Devices 63, 1884 (2016), which has v = 0.25 V.
  ///
  /// @param scaleVolts v, where the current is 18 % above Ohm's law
  record Sinh(double scaleVolts) implements Conduction {
    private static final double MOST = 20;

    public Sinh {
      Numbers.requirePositive("scaleVolts", scaleVolts);
    }

    @Override
    public double amps(double volts, double siemens) {
      double bent = bent(volts);
      double straight = (volts / scaleVolts - bent) * Math.cosh(bent);
      return siemens * scaleVolts * (Math.sinh(bent) + straight);
    }

    @Override
    public List<Term> terms(double mostVolts) {
      return List.of(new Term(volts -> amps(volts, 1), siemens -> siemens));
    }

    @Override
    public double slope(double volts, double siemens) {
      return siemens * Math.cosh(bent(volts));
    }

    @Override
    public void solve(double[] volts, double[] siemens, double[] amps, double[] slopes) {
      for (int cell = 0; cell < volts.length; cell++) {
        double bent = bent(volts[cell]);
        // Both from one exponential, without cancellation at low voltages.
        double less = Math.expm1(Math.abs(bent));
        double ratio = less / (less + 1);
        double sinh = Math.copySign(0.5 * (less + ratio), bent);
        double cosh = 1 + 0.5 * less * ratio;
        double straight = (volts[cell] / scaleVolts - bent) * cosh;
        amps[cell] = siemens[cell] * scaleVolts * (sinh + straight);
        slopes[cell] = siemens[cell] * cosh;
      }
    }

    private double bent(double volts) {
      return Math.clamp(volts / scaleVolts, -MOST, MOST);
    }
  }
}
