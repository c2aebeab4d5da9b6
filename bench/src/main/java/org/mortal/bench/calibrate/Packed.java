package org.mortal.bench.calibrate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Many numbers in a file: as text they would take three times the room and most of the time.
///
/// @param columns of each row
/// @param floats row by row, least byte first
record Packed(int columns, byte[] floats) {

  /// @param values at least one row, all of one length
  static Packed of(float[][] values) {
    int columns = values[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer target = bytes.asFloatBuffer();
    for (float[] row : values) {
      target.put(row);
    }
    return new Packed(columns, bytes.array());
  }

  float[][] toArrays() {
    FloatBuffer source = ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[][] values = new float[source.remaining() / columns][columns];
    for (float[] row : values) {
      source.get(row);
    }
    return values;
  }
}
