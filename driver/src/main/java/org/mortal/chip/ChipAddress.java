package org.mortal.chip;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A chip address taken apart: `scheme:name?key=value&key=value`.
///
/// @param text as it was given
/// @param parameters in the order given
public record ChipAddress(String text, String scheme, String name, Map<String, String> parameters) {

  /// @throws ChipException if the text has not that form
  public static ChipAddress parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw bad(text, "expected scheme:name, for example sim:hfox?seed=1");
    }
    int question = text.indexOf('?', colon);
    String name = question < 0 ? text.substring(colon + 1) : text.substring(colon + 1, question);
    Map<String, String> parameters = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1 || equals == pair.length() - 1) {
          throw bad(text, "expected key=value, not '%s'".formatted(pair));
        }
        if (parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
          throw bad(text, "'%s' is given twice".formatted(pair.substring(0, equals)));
        }
      }
    }
    return new ChipAddress(
        text, text.substring(0, colon), name, Collections.unmodifiableMap(parameters));
  }

  /// Refuses parameters other than `known`.
  public void allow(Set<String> known) {
    for (String key : parameters.keySet()) {
      if (!known.contains(key)) {
        throw bad(
            text,
            "unknown parameter '%s'; known are %s"
                .formatted(key, known.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
  }

  /// A whole number between `low` and `high`, or `standard` where it is not given.
  public long number(String key, long standard, long low, long high) {
    String value = parameters.get(key);
    if (value == null) {
      return standard;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= low && number <= high) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same refusal as a number out of range.
    }
    throw bad(
        text, "%s must be a whole number from %d to %d, not '%s'".formatted(key, low, high, value));
  }

  /// A number between `low` and `high`, or `standard` where it is not given.
  public double decimal(String key, double standard, double low, double high) {
    String value = parameters.get(key);
    if (value == null) {
      return standard;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= low && number <= high) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same refusal as a number out of range.
    }
    throw bad(text, "%s must be a number from %s to %s, not '%s'".formatted(key, low, high, value));
  }

  private static ChipException bad(String text, String reason) {
    return new ChipException(new Fault.BadAddress(text, reason));
  }
}
