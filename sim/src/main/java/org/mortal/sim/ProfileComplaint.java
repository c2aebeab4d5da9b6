package org.mortal.sim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is wrong with a profile, in the words of profiles: the binder knows only Java's.
final class ProfileComplaint {
  private ProfileComplaint() {}

  /// Where in the file, and what a record or the binder had against it.
  static String of(JsonMappingException e) {
    String place = path(e);
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "unknown key '%s'; known here are %s"
              .formatted(
                  place,
                  unknown.getKnownPropertyIds().stream()
                      .map(Object::toString)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case InvalidTypeIdException kind -> "%s.%s".formatted(place, kind(kind));
      default -> {
        String what = what(e);
        yield what.startsWith("is ") || place.isEmpty()
            ? "%s %s".formatted(place, what).strip()
            : "%s: %s".formatted(place, what);
      }
    };
  }

  /// The first line of what a parser says, without its notes on itself.
  static String ofParser(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("cannot be parsed");
    return line.replaceFirst(" \\(start marker at .*", "");
  }

  private static String kind(InvalidTypeIdException e) {
    Class<?> base = e.getBaseType().getRawClass();
    String key = base.getAnnotation(JsonTypeInfo.class).property();
    String known =
        Arrays.stream(base.getAnnotation(JsonSubTypes.class).value())
            .map(JsonSubTypes.Type::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return e.getTypeId() == null
        ? "%s is missing; it is one of %s".formatted(key, known)
        : "%s: '%s' is none of %s".formatted(key, e.getTypeId(), known);
  }

  private static String what(JsonMappingException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (!(root instanceof JacksonException bound)) {
      return root.getMessage();
    }
    String line = ofParser(bound);
    if (line.startsWith("Cannot map `null`") || line.startsWith("Null value for creator")) {
      return "is missing";
    }
    return bound instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? "must be " + expected(mismatch.getTargetType())
        : line;
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text in quotes";
    }
    return type.isArray() || Collection.class.isAssignableFrom(type)
        ? "a list in brackets"
        : "a section with keys of its own";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
