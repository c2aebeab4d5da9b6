package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a [FakeBoard] does with commands: exact differential arrays whose cells count their pulses.
final class FakeArrays {
  static final double MAX_VOLTS = 0.2;
  static final double MIN_SIEMENS = 1e-6;
  static final double MAX_SIEMENS = 101e-6;
  static final double STEP_SIEMENS = 1e-6;
  static final double FULL_AMPS = 1e-3;
  static final int MAX_PULSES = 500;

  final int count;
  final int rows;
  final int columns;
  final int dacBits;
  final int adcBits;

  /// Pulses given to each cell, RESET counting negative, and all of either kind.
  final long[][] net;

  final long[][] given;
  private final float[] bias;
  private int biasArray = -1;
  private int trainArray = -1;
  private boolean failed;
  long biases;
  volatile long vectors;

  FakeArrays(int count, int rows, int columns, int dacBits, int adcBits) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.dacBits = dacBits;
    this.adcBits = adcBits;
    this.net = new long[count][rows * columns];
    this.given = new long[count][rows * columns];
    this.bias = new float[columns / 2];
  }

  synchronized double siemens(int array, int cell) {
    return Math.clamp(MIN_SIEMENS + net[array][cell] * STEP_SIEMENS, MIN_SIEMENS, MAX_SIEMENS);
  }

  synchronized long given(int array, int cell) {
    return given[array][cell];
  }

  synchronized void endTrain() {
    trainArray = -1;
    biasArray = -1;
  }

  /// Puts the limits into a greeting.
  void describe(ByteBuffer greeting) {
    double[] values = {
      MAX_VOLTS,
      2.0,
      1e-3,
      MIN_SIEMENS,
      MAX_SIEMENS,
      1e-4,
      1e-3,
      1.0,
      0.9,
      1e-6,
      STEP_SIEMENS,
      MAX_VOLTS,
      FULL_AMPS
    };
    for (double value : values) {
      greeting.putDouble(value);
    }
  }

  boolean failed() {
    return failed;
  }

  ByteBuffer fault(int status) {
    return fault(status, 0, 0xFFFFFFFF, 0, 0);
  }

  private ByteBuffer fault(int status, int quantity, int cell, double actual, double limit) {
    failed = true;
    return bytes(32)
        .put((byte) status)
        .put((byte) quantity)
        .putShort((short) 0)
        .putInt(cell)
        .putDouble(actual)
        .putDouble(limit);
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  synchronized ByteBuffer carryOut(int type, ByteBuffer payload) {
    failed = false;
    return switch (type) {
      case 16 -> bytes(payload.remaining()).put(payload);
      case 17 -> read(payload);
      case 18 -> bias(payload);
      case 19 -> pulse(payload);
      case 20 -> program(payload);
      case 21 -> counters();
      case 24, 25, 26 -> bytes(0);
      default -> fault(7);
    };
  }

  private ByteBuffer counters() {
    ByteBuffer reply = bytes(18 + 15 * 8).putDouble(1e-9).putDouble(1e-3).putShort((short) 15);
    long pulses = 0;
    for (long[] array : given) {
      for (long one : array) {
        pulses += one;
      }
    }
    return reply.putLong(vectors).putLong(pulses);
  }

  private ByteBuffer bias(ByteBuffer in) {
    biasArray = in.getShort();
    biases++;
    int outputs = in.getShort();
    for (int j = 0; j < outputs; j++) {
      bias[j] = in.getFloat();
    }
    return bytes(0);
  }

  private ByteBuffer read(ByteBuffer in) {
    int array = in.getShort() & 0xFFFF;
    int sense = in.get();
    boolean withBias = in.get() != 0;
    int input = in.get();
    int output = in.get();
    int vectorCount = in.getShort() & 0xFFFF;
    int lines = in.getShort();
    int outputs = in.getShort();
    float inScale = in.getFloat();
    float outScale = in.getFloat();
    if (withBias && biasArray != array) {
      return fault(3);
    }
    ByteBuffer reply = bytes(vectorCount * outputs * (output == 3 ? 2 : 4));
    for (int n = 0; n < vectorCount; n++) {
      float[] volts = new float[lines];
      for (int i = 0; i < lines; i++) {
        volts[i] =
            switch (input) {
              case 1 -> (in.get() & 0xFF) * inScale;
              case 2 -> (in.getShort() & 0xFFFF) * inScale;
              default -> in.getFloat();
            };
        if (!(volts[i] >= 0 && volts[i] <= (float) MAX_VOLTS)) {
          return fault(1, 1, i, volts[i], volts[i] < 0 ? 0 : MAX_VOLTS);
        }
      }
      for (int j = 0; j < outputs; j++) {
        double amps = withBias ? bias[j] : 0;
        for (int i = 0; i < lines; i++) {
          amps += volts[i] * conductance(array, i, j, sense);
        }
        if (output == 3) {
          reply.putShort((short) Math.clamp(Math.round(amps / outScale), -32768, 32767));
        } else {
          reply.putFloat((float) amps);
        }
      }
    }
    vectors += vectorCount;
    return reply;
  }

  private double conductance(int array, int row, int output, int sense) {
    double plus = sense == 2 ? 0 : siemens(array, row * columns + output);
    double minus = sense == 1 ? 0 : siemens(array, row * columns + output + columns / 2);
    return plus - minus;
  }

  private ByteBuffer pulse(ByteBuffer in) {
    int array = in.getShort();
    int part = in.get();
    in.get();
    int millis = in.getInt();
    in.position(in.position() + 24);
    int cell = in.getInt();
    boolean first = (part & 1) != 0;
    if (millis == 0 || first == (trainArray == array)) {
      return fault(millis == 0 ? 2 : 3);
    }
    trainArray = (part & 2) != 0 ? -1 : array;
    int pulses = 0;
    int cells = 0;
    while (in.hasRemaining()) {
      int gap = in.get() & 0xFF;
      cell += gap;
      if (gap < 255) {
        int steps = in.get();
        steps = steps == -128 ? in.getShort() : steps;
        if (Math.abs(steps) > MAX_PULSES) {
          return fault(1, 6, cell, Math.abs(steps), MAX_PULSES);
        }
        net[array][cell] += steps;
        given[array][cell] += Math.abs(steps);
        pulses += Math.abs(steps);
        cells++;
        cell++;
      }
    }
    return bytes(8).putInt(pulses).putInt(cells);
  }

  private ByteBuffer program(ByteBuffer in) {
    int array = in.getShort();
    int row = in.getShort();
    int column = in.getShort();
    int number = in.getShort();
    in.position(in.position() + 16);
    ByteBuffer reply = bytes(13 * number);
    for (int c = column; c < column + number; c++) {
      int cell = row * columns + c;
      float target = in.getFloat();
      long steps = Math.round((target - siemens(array, cell)) / STEP_SIEMENS);
      net[array][cell] += steps;
      given[array][cell] += Math.abs(steps);
      reply.putFloat((float) siemens(array, cell));
      reply.putInt((int) Math.abs(steps)).putInt((int) Math.max(0, -steps)).put((byte) 1);
    }
    return reply;
  }
}
