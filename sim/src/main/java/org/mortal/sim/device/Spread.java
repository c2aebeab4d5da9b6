package org.mortal.sim.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How much conductances scatter: a standard deviation in siemens that depends on the conductance.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "law")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PolynomialSpread.class, name = "polynomial"),
  @JsonSubTypes.Type(value = SaturatingSpread.class, name = "saturating"),
  @JsonSubTypes.Type(value = PowerSpread.class, name = "power"),
  @JsonSubTypes.Type(value = LogarithmicSpread.class, name = "logarithmic")
})
public sealed interface Spread
    permits PolynomialSpread, SaturatingSpread, PowerSpread, LogarithmicSpread {

  /// Standard deviation in siemens, never negative.
  ///
  /// @param written the conductance that was programmed, in siemens
  /// @param siemens the conductance now, after drift and all else
  double sigma(double written, double siemens);
}
