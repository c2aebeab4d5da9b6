package org.mortal.sim.device;

/// The temperature of a chip over time: the section `ambient` of a profile.
///
/// `kelvin + swingKelvin sin(2π t / periodSeconds)`, t from when the chip was made: a laboratory by day and night, or a
/// cycle in a climate chamber.
///
/// @param kelvin on average
/// @param swingKelvin above and below; 0 for a steady temperature
/// @param periodSeconds of a swing
public record Ambient(double kelvin, double swingKelvin, double periodSeconds) {
  /// A steady 300 K.
  public static final Ambient ROOM = new Ambient(300, 0, 86_400);

  /// Steps of a period, within which the temperature counts as steady.
  private static final int STEPS = 4096;

  private static final double BOLTZMANN_ELECTRONVOLTS = 8.617333262e-5;

  public Ambient {
    Numbers.requirePositive("kelvin", kelvin);
    Numbers.requireNotNegative("swingKelvin", swingKelvin);
    Numbers.requirePositive("periodSeconds", periodSeconds);
    Numbers.requirePositive("kelvin less swingKelvin", kelvin - swingKelvin);
  }

  /// The temperature at a time of the chip's clock: that of the step of a period in which the time lies.
  public double kelvin(long nanos) {
    return swingKelvin == 0
        ? kelvin
        : kelvinAt(nanos / stepNanos() * stepNanos() * 1e-9 / periodSeconds);
  }

  /// When the temperature will be another; `Long.MAX_VALUE` for a steady one.
  public long nextChange(long nanos) {
    return swingKelvin == 0 ? Long.MAX_VALUE : (nanos / stepNanos() + 1) * stepNanos();
  }

  private long stepNanos() {
    return Math.max(1, Math.round(periodSeconds * 1e9 / STEPS));
  }

  /// The temperature so many periods after the chip was made.
  public double kelvinAt(double periods) {
    return kelvin + swingKelvin * Math.sin(2 * Math.PI * (periods - Math.floor(periods)));
  }

  /// How much faster something with that activation energy goes at `kelvin` than at `reference`.
  public static double arrhenius(double electronvolts, double kelvin, double reference) {
    return Math.exp(electronvolts / BOLTZMANN_ELECTRONVOLTS * (1 / reference - 1 / kelvin));
  }
}
