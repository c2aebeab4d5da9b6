package org.mortal.sim.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;

/// A fitted device as a profile file: the measured cells in the periphery of a profile that comes with Mortal.
public final class FittedProfile {
  private static final ObjectMapper TOML = new TomlMapper();
  private static final MathContext DIGITS = new MathContext(6);

  private FittedProfile() {}

  /// The text of the file.
  ///
  /// @param name of the new profile
  /// @param measured what the file was fitted to, for its comments
  /// @param base whose other sections the device gets; converters are scaled with the window
  public static String toml(String name, String measured, ChipProfile base, PulseFit fit) {
    FittedLaw best = fit.best();
    double scale = best.window().windowSiemens() / base.cells().window().windowSiemens();
    StringBuilder text = new StringBuilder(head(name, measured, base, fit));
    section(
        text,
        "cells.window",
        tree(best.window(), "minSiemens", "maxSiemens", "lowLevel", "highLevel"));
    section(text, "cells.update", TOML.valueToTree(best.law()));
    text.append(spreads(fit));
    section(text, "cells.variation", variation(fit.variation()));
    text.append("# Measured cells worked, and their noise is write noise and cycle noise.\n");
    section(text, "cells.defects", zeros("stuck", "open", "shorted"));
    section(text, "cells.readNoise", zeros("siemens", "relative"));
    text.append("# Scaled with the window.\n");
    section(text, "sense", sense(base, scale));
    double step = best.law().setStep() * best.window().slope();
    ObjectNode write = JsonNodeFactory.instance.objectNode();
    section(text, "write", write.put("stepSiemens", step));
    return text.toString();
  }

  /// The section of a measured law of conduction, to stand after the rest of a profile.
  ///
  /// @param measured what it was fitted to, for its comment
  public static String conduction(String measured, IvFit fit) {
    StringBuilder text =
        new StringBuilder(
            "# Fitted to %s: %d points of %d device%s, which leaves %.3g of the largest current unexplained.%n"
                .formatted(
                    measured,
                    fit.points(),
                    fit.siemens().length,
                    fit.siemens().length == 1 ? "" : "s",
                    fit.laws().getFirst().rmse()));
    section(text, "cells.conduction", TOML.valueToTree(fit.best()));
    return text.toString();
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
                  name(law.law()), law.criterion() - fit.best().criterion(), law.rmseSiemens()));
    }
    return lines.toString();
  }

  /// The law's name in profiles.
  public static String name(UpdateLaw law) {
    return TOML.valueToTree(law).get("law").asText();
  }

  private static String spreads(PulseFit fit) {
    return fit.devices() == 1
        ? "# One device was measured, so nothing is known of how they differ.\n"
        : "# From %d devices.\n".formatted(fit.devices());
  }

  private static ObjectNode tree(Window window, String... keys) {
    ObjectNode all = TOML.valueToTree(window);
    return all.retain(keys);
  }

  private static ObjectNode variation(Variation variation) {
    ObjectNode tree = TOML.valueToTree(variation);
    tree.remove("reference");
    return tree;
  }

  private static ObjectNode sense(ChipProfile base, double scale) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    if (Double.isFinite(base.sense().fullScaleAmps())) {
      tree.put("fullScaleAmps", base.sense().fullScaleAmps() * scale);
    }
    tree.put("offsetAmps", base.sense().offsetAmps() * scale);
    tree.put("noiseAmps", base.sense().noiseAmps() * scale);
    tree.put("maxBiasAmps", base.sense().maxBiasAmps() * scale);
    return tree;
  }

  private static ObjectNode zeros(String... keys) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (String key : keys) {
      tree.put(key, 0.0);
    }
    return tree;
  }

  private static void section(StringBuilder text, String name, ObjectNode tree) {
    try {
      text.append("[%s]%n%s%n".formatted(name, TOML.writeValueAsString(rounded(tree))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no TOML: " + tree, e);
    }
  }

  private static JsonNode rounded(JsonNode node) {
    if (node instanceof ObjectNode tree) {
      tree.properties().forEach(entry -> entry.setValue(rounded(entry.getValue())));
      return tree;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode rounded = JsonNodeFactory.instance.arrayNode();
      list.forEach(value -> rounded.add(rounded(value)));
      return rounded;
    }
    return node.isDouble()
        ? DecimalNode.valueOf(new BigDecimal(node.asDouble()).round(DIGITS))
        : node;
  }
}
