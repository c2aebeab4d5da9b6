package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.mortal.chip.Chip;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Reads as commands: batches are split to fit into frames, and bias currents are stored on the board where they change.
///
/// A board that has the simulator's converters drives and answers exactly what the simulator does: inputs go as the codes of
/// its row drivers, outputs come as the codes of its sense amplifiers.
final class ReadSteps implements Iterator<Step> {
  static final int HEAD = 20;
  private static final int BIAS_HEAD = 4;
  private static final int MOST_VECTORS = 0xFFFF;

  private final List<Chip.ArrayRead> reads;
  private final Converters converters;
  private final int payloadMax;
  private final StoredBias bias;
  private final Format inputs;
  private final Format outputs;
  private final float[] row;
  private int place;
  private int vector;

  /// @param bias what the board keeps now
  ReadSteps(List<Chip.ArrayRead> reads, Greeting greeting, StoredBias bias) {
    this.reads = reads.stream().filter(one -> one.amps().rows() > 0).toList();
    this.converters = greeting.converters();
    this.payloadMax = greeting.link().payloadMax();
    this.bias = bias;
    this.inputs = inputs(converters);
    this.outputs = outputs(converters);
    this.row = new float[Math.max(greeting.geometry().rows(), greeting.geometry().outputs())];
  }

  /// How row voltages go to a board with such converters.
  static Format inputs(Converters converters) {
    int bits = converters.dacBits();
    return bits == 0 ? Format.F32 : bits <= Byte.SIZE ? Format.U8 : Format.U16;
  }

  /// How currents come from it.
  static Format outputs(Converters converters) {
    return converters.adcBits() == 0 ? Format.F32 : Format.I16;
  }

  @Override
  public boolean hasNext() {
    return place < reads.size();
  }

  @Override
  public Step next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Chip.ArrayRead one = reads.get(place);
    if (one.read().biasAmps() != null) {
      float[] amps = StoredBias.row(one.read().biasAmps());
      if (!bias.holds(one.array(), amps)) {
        bias.store(one.array(), amps);
        return store(one.array(), amps);
      }
    }
    Format format = haveCodes(one.read(), vector, end(one, inputs)) ? inputs : Format.F32;
    int from = vector;
    int to = end(one, format);
    vector = to;
    if (to == one.amps().rows()) {
      place++;
      vector = 0;
    }
    return read(one, from, to, format);
  }

  private static Step store(int array, float[] amps) {
    ByteBuffer payload = Request.payload(BIAS_HEAD + amps.length * Float.BYTES);
    payload.putShort((short) array).putShort((short) amps.length);
    for (float one : amps) {
      payload.putFloat(one);
    }
    return new Step(
        new Request(Command.BIAS, payload.flip(), 0, Request.SHORT_MILLIS), reply -> {});
  }

  /// The end of the vectors that fit into the next frame, both ways.
  private int end(Chip.ArrayRead one, Format format) {
    int in = (payloadMax - HEAD) / (one.read().inputs().columns() * format.bytes());
    int out = payloadMax / (one.amps().columns() * outputs.bytes());
    int fitting = Math.clamp(Math.min(in, out), 1, MOST_VECTORS);
    return Math.min(one.amps().rows(), vector + fitting);
  }

  /// Whether the row drivers can be given all values; one that they cannot goes in volts, for the firmware to refuse.
  private boolean haveCodes(Read read, int from, int to) {
    float scale = (float) read.voltsPerUnit();
    int beyond = converters.dacCodes() + 1;
    for (int n = from; n < to && inputs != Format.F32; n++) {
      read.inputs().getRow(n, row);
      for (int i = 0; i < read.inputs().columns(); i++) {
        float volts = row[i] * scale;
        if (!(volts >= 0 && Math.fma(volts, converters.dacPerVolt(), 0.5f) < beyond)) {
          return false;
        }
      }
    }
    return true;
  }

  private Step read(Chip.ArrayRead one, int from, int to, Format format) {
    Read read = one.read();
    int lines = read.inputs().columns();
    ByteBuffer payload = Request.payload(HEAD + (to - from) * lines * format.bytes());
    payload
        .putShort((short) one.array())
        .put((byte) read.sense().ordinal())
        .put((byte) (read.biasAmps() == null ? 0 : 1))
        .put((byte) format.code())
        .put((byte) outputs.code())
        .putShort((short) (to - from))
        .putShort((short) lines)
        .putShort((short) one.amps().columns())
        .putFloat(format == Format.F32 ? 1 : converters.dacScale())
        .putFloat(outputs == Format.F32 ? 1 : converters.adcScale());
    for (int n = from; n < to; n++) {
      read.inputs().getRow(n, row);
      putVector(lines, (float) read.voltsPerUnit(), format, payload);
    }
    int replyBytes = (to - from) * one.amps().columns() * outputs.bytes();
    return new Step(
        new Request(Command.READ, payload.flip(), replyBytes, Request.SHORT_MILLIS),
        reply -> take(one.amps(), from, to, reply));
  }

  private void putVector(int lines, float scale, Format format, ByteBuffer payload) {
    float perVolt = converters.dacPerVolt();
    for (int i = 0; i < lines; i++) {
      float volts = row[i] * scale;
      switch (format) {
        case U8 -> payload.put((byte) (int) Math.fma(volts, perVolt, 0.5f));
        case U16, I16 -> payload.putShort((short) (int) Math.fma(volts, perVolt, 0.5f));
        case F32 -> payload.putFloat(volts);
      }
    }
  }

  private void take(Batch amps, int from, int to, ByteBuffer reply) {
    float scale = converters.adcScale();
    for (int n = from; n < to; n++) {
      for (int j = 0; j < amps.columns(); j++) {
        row[j] = outputs == Format.F32 ? reply.getFloat() : reply.getShort() * scale;
      }
      amps.setRow(n, row);
    }
  }
}
