package org.mortal.sim.fit;

import org.mortal.sim.ChipProfile;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.Defects;
import org.mortal.sim.device.ExponentialStep;
import org.mortal.sim.device.LinearStep;
import org.mortal.sim.device.Piecewise;
import org.mortal.sim.device.ReadNoise;
import org.mortal.sim.device.Saturating;
import org.mortal.sim.device.SoftBounds;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Vteam;

/// A fitted device as a profile file: the measured cells in the periphery of a profile that comes with Mortal.
public final class FittedProfile {
  private FittedProfile() {}

  /// The text of the file.
  ///
  /// @param name of the new profile
  /// @param measured what the file was fitted to, for its comments
  /// @param base whose other sections the device gets; converters are scaled with the window
  public static String toml(String name, String measured, ChipProfile base, PulseFit fit) {
    FittedLaw best = fit.best();
    SenseAmplifier sense = base.sense();
    double scale = best.window().windowSiemens() / base.cells().window().windowSiemens();
    return head(name, measured, base, fit)
        + TomlText.section("cells.window", best.window())
        + TomlText.law("cells.update", UpdateLaw.class, (Record) best.law())
        + spreads(fit)
        + TomlText.section("cells.variation", fit.variation())
        + "# Measured cells worked, and their noise is write noise and cycle noise.\n"
        + TomlText.section("cells.defects", Defects.NONE)
        + TomlText.section("cells.readNoise", ReadNoise.NONE)
        + "# Scaled with the window.\n[sense]\n"
        + TomlText.line("fullScaleAmps", scale * sense.fullScaleAmps())
        + TomlText.line("offsetAmps", scale * sense.offsetAmps())
        + TomlText.line("noiseAmps", scale * sense.noiseAmps())
        + TomlText.line("maxBiasAmps", scale * sense.maxBiasAmps())
        + "\n[write]\n"
        + TomlText.line("stepSiemens", best.law().setStep() * best.window().slope())
        + "\n";
  }

  /// The section of a measured law of conduction, to stand after the rest of a profile.
  ///
  /// @param measured what it was fitted to, for its comment
  public static String conduction(String measured, IvFit fit) {
    return "# Fitted to %s: %d points of %d device%s; %.3g of the largest current is left unexplained.%n%s"
        .formatted(
            measured,
            fit.points(),
            fit.siemens().length,
            fit.siemens().length == 1 ? "" : "s",
            fit.laws().getFirst().rmse(),
            TomlText.law("cells.conduction", Conduction.class, (Record) fit.best()));
  }

  private static String head(String name, String measured, ChipProfile base, PulseFit fit) {
    return """
    # Fitted to %s: %d SET and %d RESET pulses of %d device%s%s.
    # Root mean square of what the law leaves unexplained in a step: %.3g S. Laws by criterion, the best first:
    %s
    extends = "%s"
    name = "%s"
    description = "fitted to %s"
    source = "measured: %s"

    """
        .formatted(
            measured,
            fit.setPulses(),
            fit.resetPulses(),
            fit.devices(),
            fit.devices() == 1 ? "" : "s",
            fit.averaged() == 1 ? "" : ", means of %d points".formatted(fit.averaged()),
            fit.best().rmseSiemens(),
            ranking(fit),
            base.name(),
            name,
            measured,
            measured);
  }

  private static String ranking(PulseFit fit) {
    StringBuilder lines = new StringBuilder();
    for (FittedLaw law : fit.laws()) {
      lines.append(
          "#   %s: %.1f, %.3g S%n"
              .formatted(
                  title(law.law()), law.criterion() - fit.best().criterion(), law.rmseSiemens()));
    }
    return lines.toString();
  }

  /// The law's name in profiles.
  public static String name(UpdateLaw law) {
    return TomlText.lawName(UpdateLaw.class, (Record) law);
  }

  /// The law's name in profiles.
  public static String name(Conduction law) {
    return TomlText.lawName(Conduction.class, (Record) law);
  }

  /// The law's name, and where two laws differ by their noise alone, that.
  public static String title(UpdateLaw law) {
    boolean proportional =
        switch (law) {
          case LinearStep linear -> linear.proportional();
          case SoftBounds soft -> soft.proportional();
          case ConstantStep _, ExponentialStep _, Saturating _, Piecewise _, Vteam _ -> false;
        };
    return name(law) + (proportional ? ", noise in proportion" : "");
  }

  private static String spreads(PulseFit fit) {
    return fit.devices() == 1
        ? "# One device was measured, so nothing is known of how they differ.\n"
        : "# From %d devices.\n".formatted(fit.devices());
  }
}
