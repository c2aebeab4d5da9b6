package org.mortal.bench.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/// Values as JSON. A number that JSON cannot say, infinite or none at all, becomes `null`.
public final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteNumber<>(Double.class))
                  .addSerializer(double.class, new FiniteNumber<>(Double.class))
                  .addSerializer(Float.class, new FiniteNumber<>(Float.class))
                  .addSerializer(float.class, new FiniteNumber<>(Float.class)))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /// `value` on one line.
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a result that is no JSON: " + value.getClass(), e);
    }
  }

  /// `value`, a record or map, on one line with one more key.
  public static String lineWith(Object value, String key, Object more) {
    ObjectNode object = MAPPER.valueToTree(value);
    return line(object.set(key, MAPPER.valueToTree(more)));
  }

  /// What [#line] made of a value of that type.
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no %s: %s".formatted(type.getSimpleName(), json), e);
    }
  }

  /// `value` for people to read.
  static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a result that is no JSON: " + value.getClass(), e);
    }
  }

  private static final class FiniteNumber<T extends Number> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    FiniteNumber(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value.doubleValue())) {
        json.writeNull();
      } else if (value instanceof Float single) {
        json.writeNumber(single);
      } else {
        json.writeNumber(value.doubleValue());
      }
    }
  }
}
