package org.mortal.chip.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Records as maps from component names to values, and back.
///
/// Components are numbers, texts, truths, enums, arrays of int or float, or records of such. One declared as `Object`
/// comes back as the text of what it was.
final class Records {
  private Records() {}

  static Map<String, Object> map(Record object) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : object.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(object);
        boolean text = component.getType() == Object.class && value != null;
        map.put(component.getName(), text ? value.toString() : plain(value));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
    }
    return map;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Record object -> map(object);
      case int[] numbers -> {
        List<Object> list = new ArrayList<>();
        for (int number : numbers) {
          list.add(number);
        }
        yield list;
      }
      case float[] numbers -> {
        List<Object> list = new ArrayList<>();
        for (float number : numbers) {
          list.add((double) number);
        }
        yield list;
      }
      case Number number -> number;
      case Boolean truth -> truth;
      case null -> null;
      default -> value.toString();
    };
  }

  /// @throws IllegalArgumentException if `map` is of no such record
  static <R extends Record> R record(Class<R> type, Object map) {
    if (!(map instanceof Map<?, ?> values)) {
      throw new IllegalArgumentException("no " + type.getSimpleName());
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = typed(types[i], values.get(components[i].getName()));
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no %s: %s".formatted(type.getSimpleName(), values), e);
    }
  }

  private static Object typed(Class<?> type, Object value) {
    if (type == double.class) {
      return number(value);
    }
    if (type == int.class) {
      return Math.toIntExact((long) number(value));
    }
    if (type == long.class) {
      return (long) number(value);
    }
    if (type == boolean.class) {
      // What sessions of older versions do not say is not so.
      return Boolean.TRUE.equals(value);
    }
    if (type == int[].class) {
      return list(value).stream().mapToInt(one -> (int) number(one)).toArray();
    }
    if (type == float[].class) {
      List<?> list = list(value);
      float[] numbers = new float[list.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) number(list.get(i));
      }
      return numbers;
    }
    if (type.isRecord()) {
      // A part that is not there, or that older versions did not know.
      return value == null ? null : record(type.asSubclass(Record.class), value);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equals(value)) {
          return constant;
        }
      }
      throw new IllegalArgumentException("no %s: %s".formatted(type.getSimpleName(), value));
    }
    return value;
  }

  static double number(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> Double.parseDouble(text);
      case null, default -> throw new IllegalArgumentException("no number: " + value);
    };
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("no list: " + value);
  }
}
