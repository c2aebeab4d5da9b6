package org.mortal.bench.calibrate.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the values of a calibration are said in JSON.
///
/// Matrices are base64 of little-endian float32, row by row: in digits they would be twice as long and ten times as slow to
/// read, and nobody reads a hundred thousand conductances. All else is plain. A number that is infinite or none is refused.
final class CalibrationJson {
  private CalibrationJson() {}

  static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(
            new SimpleModule()
                .addSerializer(Double.class, new Number<>())
                .addSerializer(double.class, new Number<>())
                .addSerializer(double[].class, new Numbers())
                .addSerializer(float[].class, new Factors())
                .addSerializer(float[][].class, new WriteMatrix())
                .addDeserializer(float[][].class, new ReadMatrix())
                .addSerializer(boolean[][].class, new WriteMask())
                .addDeserializer(boolean[][].class, new ReadMask()))
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .build();
  }

  /// @param base64 of all entries, row by row
  private record Packed(int rows, int columns, byte[] base64) {

    /// @param bytes of so many entries
    void checkLength(DeserializationContext context, int bytes) throws IOException {
      if (rows < 0 || columns < 0 || base64 == null || base64.length != bytes) {
        throw JsonMappingException.from(
            context.getParser(), "a matrix of %d x %d has another length".formatted(rows, columns));
      }
    }
  }

  private static int columns(int rows, int first) {
    return rows == 0 ? 0 : first;
  }

  private static void checkFinite(double value, JsonGenerator json) throws IOException {
    if (!Double.isFinite(value)) {
      throw JsonMappingException.from(json, "it is " + value);
    }
  }

  private static final class Number<T extends java.lang.Number> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      checkFinite(value.doubleValue(), json);
      json.writeNumber(value.doubleValue());
    }
  }

  private static final class Numbers extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      for (double value : values) {
        checkFinite(value, json);
      }
      json.writeArray(values, 0, values.length);
    }
  }

  private static final class Factors extends JsonSerializer<float[]> {
    @Override
    public void serialize(float[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (float value : values) {
        checkFinite(value, json);
        json.writeNumber(value);
      }
      json.writeEndArray();
    }
  }

  private static final class WriteMatrix extends JsonSerializer<float[][]> {
    @Override
    public void serialize(float[][] rows, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      int columns = columns(rows.length, rows.length == 0 ? 0 : rows[0].length);
      ByteBuffer bytes =
          ByteBuffer.allocate(rows.length * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] row : rows) {
        for (float value : row) {
          checkFinite(value, json);
          bytes.putFloat(value);
        }
      }
      json.writePOJO(new Packed(rows.length, columns, bytes.array()));
    }
  }

  private static final class ReadMatrix extends JsonDeserializer<float[][]> {
    @Override
    public float[][] deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Packed packed = json.readValueAs(Packed.class);
      packed.checkLength(context, packed.rows() * packed.columns() * Float.BYTES);
      ByteBuffer bytes = ByteBuffer.wrap(packed.base64()).order(ByteOrder.LITTLE_ENDIAN);
      float[][] rows = new float[packed.rows()][packed.columns()];
      for (float[] row : rows) {
        for (int c = 0; c < row.length; c++) {
          row[c] = bytes.getFloat();
        }
      }
      return rows;
    }
  }

  private static final class WriteMask extends JsonSerializer<boolean[][]> {
    @Override
    public void serialize(boolean[][] rows, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      int columns = columns(rows.length, rows.length == 0 ? 0 : rows[0].length);
      byte[] bits = new byte[Math.ceilDiv(rows.length * columns, Byte.SIZE)];
      for (int i = 0; i < rows.length * columns; i++) {
        if (rows[i / columns][i % columns]) {
          bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
        }
      }
      json.writePOJO(new Packed(rows.length, columns, bits));
    }
  }

  private static final class ReadMask extends JsonDeserializer<boolean[][]> {
    @Override
    public boolean[][] deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Packed packed = json.readValueAs(Packed.class);
      int cells = packed.rows() * packed.columns();
      packed.checkLength(context, Math.ceilDiv(cells, Byte.SIZE));
      boolean[][] rows = new boolean[packed.rows()][packed.columns()];
      for (int i = 0; i < cells; i++) {
        rows[i / packed.columns()][i % packed.columns()] =
            (packed.base64()[i / Byte.SIZE] >> i % Byte.SIZE & 1) != 0;
      }
      return rows;
    }
  }
}
