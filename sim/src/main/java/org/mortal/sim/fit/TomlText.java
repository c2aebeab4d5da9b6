package org.mortal.sim.fit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Records of a profile as the text of its sections.
final class TomlText {
  private static final MathContext DIGITS = new MathContext(6);

  private TomlText() {}

  /// A section with all components of a record; those that are null are left out.
  static String section(String name, Record figures) {
    return "[%s]%n%s%n".formatted(name, lines(figures));
  }

  /// A section of a law, with its name.
  static String law(String name, Class<?> kind, Record law) {
    return "[%s]%nlaw = \"%s\"%n%s%n".formatted(name, lawName(kind, law), lines(law));
  }

  /// What profiles call a law.
  static String lawName(Class<?> kind, Record law) {
    return Arrays.stream(kind.getAnnotation(JsonSubTypes.class).value())
        .filter(type -> type.value() == law.getClass())
        .map(JsonSubTypes.Type::name)
        .findFirst()
        .orElseThrow();
  }

  static String line(String name, double figure) {
    return "%s = %s%n".formatted(name, value(figure));
  }

  private static String lines(Record figures) {
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : figures.getClass().getRecordComponents()) {
      Object figure = figure(component, figures);
      if (figure != null) {
        text.append("%s = %s%n".formatted(component.getName(), value(figure)));
      }
    }
    return text.toString();
  }

  private static Object figure(RecordComponent component, Record figures) {
    try {
      return component.getAccessor().invoke(figures);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("unreadable: " + component, e);
    }
  }

  private static String value(Object figure) {
    return switch (figure) {
      case Double number when number.isInfinite() -> "inf";
      case Double number -> new BigDecimal(number).round(DIGITS).toString();
      case List<?> list ->
          list.stream().map(TomlText::value).collect(Collectors.joining(", ", "[", "]"));
      case Record inner ->
          Arrays.stream(inner.getClass().getRecordComponents())
              .map(c -> "%s = %s".formatted(c.getName(), value(figure(c, inner))))
              .collect(Collectors.joining(", ", "{ ", " }"));
      default -> figure.toString();
    };
  }
}
