package org.mortal.chip.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.mortal.kernel.Batch;

/// Many numbers as a short text: little-endian, deflated (RFC 1950), Base64.
final class Blobs {
  private Blobs() {}

  static Map<String, Object> ofBatch(Batch batch) {
    ByteBuffer bytes = bytes((long) batch.rows() * batch.columns() * Float.BYTES);
    float[] row = new float[batch.columns()];
    for (int r = 0; r < batch.rows(); r++) {
      batch.getRow(r, row);
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", batch.rows());
    map.put("columns", batch.columns());
    map.put("float32", text(bytes));
    return map;
  }

  static Batch batch(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("no batch");
    }
    int rows = (int) Records.number(map.get("rows"));
    int columns = (int) Records.number(map.get("columns"));
    Batch batch = Batch.zeros(rows, columns);
    ByteBuffer bytes = bytes(map.get("float32"), (long) rows * columns * Float.BYTES);
    float[] row = new float[columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        row[c] = bytes.getFloat();
      }
      batch.setRow(r, row);
    }
    return batch;
  }

  static String ofShorts(short[] values) {
    ByteBuffer bytes = bytes((long) values.length * Short.BYTES);
    for (short value : values) {
      bytes.putShort(value);
    }
    return text(bytes);
  }

  static short[] shorts(Object text, int count) {
    ByteBuffer bytes = bytes(text, (long) count * Short.BYTES);
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes.getShort();
    }
    return values;
  }

  static String ofInts(int[] values) {
    ByteBuffer bytes = bytes((long) values.length * Integer.BYTES);
    for (int value : values) {
      bytes.putInt(value);
    }
    return text(bytes);
  }

  static int[] ints(Object text, int count) {
    ByteBuffer bytes = bytes(text, (long) count * Integer.BYTES);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes.getInt();
    }
    return values;
  }

  private static ByteBuffer bytes(long count) {
    return ByteBuffer.allocate(Math.toIntExact(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    // What is recorded passes by once: the fastest level halves most of it as well as any.
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(bytes.array());
      deflater.finish();
      byte[] packed = new byte[64 + bytes.capacity()];
      int count = deflater.deflate(packed);
      while (!deflater.finished()) {
        packed = Arrays.copyOf(packed, 2 * packed.length);
        count += deflater.deflate(packed, count, packed.length - count);
      }
      return Base64.getEncoder().encodeToString(Arrays.copyOf(packed, count));
    }
  }

  private static ByteBuffer bytes(Object text, long count) {
    if (!(text instanceof String base64)) {
      throw new IllegalArgumentException("numbers are missing");
    }
    ByteBuffer bytes = bytes(count);
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(Base64.getDecoder().decode(base64));
      int found = inflater.inflate(bytes.array());
      if (found != count) {
        throw new IllegalArgumentException("%d bytes of numbers, not %d".formatted(found, count));
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("numbers that cannot be unpacked", e);
    }
    return bytes;
  }
}
