package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Limits;
import org.mortal.chip.Sensing;

/// A chip below firmware hears what the messages say, bit for bit, and is grounded when they say so.
class BackplaneTest {
  private static final Converters CONVERTERS = new Converters(8, 0.2, 9, 1e-3);

  private final ExactChip chip = new ExactChip(4, 6, Sensing.DIFFERENTIAL, 3);
  private final List<Chip.ArrayPulses> applied = new ArrayList<>();
  private final Backplane backplane = new Backplane(chip, CONVERTERS, 5, applied::add);

  private static ByteBuffer message(int type, int bytes) {
    return ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN).put((byte) type);
  }

  private ByteBuffer answer(ByteBuffer message) {
    ByteBuffer reply = ByteBuffer.allocate(4096);
    int count = backplane.answer(message.flip(), reply);
    return reply.flip().limit(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void train(int array) {
    answer(
        message(3, 32)
            .putShort((short) array)
            .putShort((short) 0)
            .putInt(0)
            .putDouble(0.9)
            .putDouble(0.8)
            .putDouble(1e-7));
  }

  private void pulses(int... triples) {
    ByteBuffer message = message(4, 2 * triples.length);
    for (int value : triples) {
      message.putShort((short) value);
    }
    answer(message);
  }

  private void send(int type) {
    assertEquals(0, answer(message(type, 0)).remaining());
  }

  /// Firmware keeps a vector in buffers of its own, whose length is set when it is built.
  @Test
  void linesLongerThanFirmwareDrivesAreRefused() throws IOException {
    Path header = Path.of(System.getProperty("mortal.root", ".."), "firmware", "core", "hal.h");
    assertTrue(Files.readString(header).contains("MAX_LINES = " + Backplane.MAX_LINES + ","));
    for (int[] lines : new int[][] {{257, 4}, {4, 258}}) {
      ExactChip large = new ExactChip(lines[0], lines[1], Sensing.DIFFERENTIAL, 1);
      ChipException e =
          assertThrows(ChipException.class, () -> new Backplane(large, CONVERTERS, 5));
      String expected = "%d x %d lines, firmware drives at most 256".formatted(lines[0], lines[1]);
      assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
  }

  @Test
  void bootTellsWhatTheChipIs() {
    ByteBuffer reply = answer(message(1, 0));
    assertEquals(164, reply.remaining());
    int nonce = reply.getInt();
    assertEquals(3, reply.getShort());
    assertEquals(4, reply.getShort());
    assertEquals(6, reply.getShort());
    assertEquals(1, reply.get());
    assertEquals(8, reply.get());
    assertEquals(9, reply.get());
    assertEquals(ExactChip.LIMITS.maxPulses(), reply.getInt(16));
    double[] values = new double[13];
    reply.position(20).asDoubleBuffer().get(values);
    Limits limits = ExactChip.LIMITS;
    double[] expected = {
      limits.maxReadVolts(),
      limits.maxPulseVolts(),
      limits.maxPulseSeconds(),
      limits.minSiemens(),
      limits.maxSiemens(),
      limits.maxBiasAmps(),
      limits.fullScaleAmps(),
      limits.write().setVolts(),
      limits.write().resetVolts(),
      limits.write().seconds(),
      limits.write().stepSiemens(),
      0.2,
      1e-3
    };
    assertArrayEquals(expected, values);
    byte[] id = new byte[40];
    reply.get(124, id);
    assertEquals(chip.id(), new String(id, StandardCharsets.UTF_8).trim());
    assertNotEquals(nonce, answer(message(1, 0)).getInt(), "each start has a nonce of its own");
  }

  @Test
  void aReadIsOneCallWithTheSameNumbers() {
    train(1);
    pulses(2, 0, 10, 0, 4, 3);
    send(5);
    // Two vectors of three lines, one output of two, with a bias.
    ByteBuffer message =
        message(2, 12 + 6 * 4 + 2 * 4)
            .putShort((short) 1)
            .put((byte) 0)
            .put((byte) 1)
            .putShort((short) 2)
            .putShort((short) 3)
            .putShort((short) 2)
            .putShort((short) 0);
    float[] volts = {0.1f, 0, 0, 0, 0, 0.2f};
    float[] bias = {1e-6f, -2e-6f};
    for (float value : volts) {
      message.putFloat(value);
    }
    for (float value : bias) {
      message.putFloat(value);
    }
    ByteBuffer reply = answer(message);
    assertEquals(16, reply.remaining());
    double step = ExactChip.LIMITS.write().stepSiemens();
    double[] expected = {1e-6, 0.1f * -3 * step - 2e-6, 1e-6 + 0.2f * 10 * step, -2e-6};
    for (double amps : expected) {
      assertEquals(amps, reply.getFloat(), 1e-12);
    }
    assertEquals(2, chip.telemetry().arrayReads());
  }

  @Test
  void aTrainActsAsOneWhenItEnds() {
    train(2);
    assertFalse(backplane.grounded());
    pulses(0, 0, 5, 3, 5, -2);
    pulses(0, 0, 6);
    assertEquals(0, chip.telemetry().pulses());
    send(5);
    assertTrue(backplane.grounded());
    assertEquals(13, chip.telemetry().pulses());
    assertEquals(1, applied.size());
    assertEquals(2, applied.getFirst().array());
    assertEquals(11, applied.getFirst().train().counts()[0]);
    assertEquals(-2, applied.getFirst().train().counts()[23]);
    assertEquals(0.8, applied.getFirst().train().resetVolts());
  }

  @Test
  void whatWasGivenBeforeGroundOrARestartHasActed() {
    for (int end : new int[] {6, 1}) {
      train(0);
      pulses(1, 1, 4);
      long before = backplane.groundedNanos();
      answer(message(end, 0));
      assertTrue(backplane.grounded());
      assertTrue(backplane.groundedNanos() > before);
      send(6);
    }
    assertEquals(8, chip.telemetry().pulses());
    assertThrows(IllegalStateException.class, () -> pulses(1, 1, 4));
  }

  @Test
  void aTrainOfNothingDoesNothing() {
    train(0);
    send(5);
    assertTrue(applied.isEmpty());
  }

  @Test
  void costIsTheChips() {
    train(0);
    pulses(1, 1, 4);
    send(5);
    ByteBuffer reply = answer(message(7, 0));
    assertEquals(chip.telemetry().energyJoules(), reply.getDouble());
    assertEquals(chip.telemetry().busySeconds(), reply.getDouble());
  }

  @Test
  void whatTheChipRefusesIsNotSwallowed() {
    train(0);
    pulses(1, 1, ExactChip.LIMITS.maxPulses() + 1);
    assertThrows(ChipException.class, () -> send(5));
    assertTrue(backplane.grounded());
    assertThrows(IllegalArgumentException.class, () -> send(9));
  }

  @Test
  void servesAStreamToItsEnd() throws IOException {
    ByteBuffer stream = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    stream.putInt(1).put((byte) 1);
    stream.putInt(33).put((byte) 3).putShort((short) 0).put(new byte[6]);
    stream.putDouble(0.9).putDouble(0.8).putDouble(1e-7);
    stream.putInt(7).put((byte) 4).putShort((short) 1).putShort((short) 1).putShort((short) 4);
    stream.putInt(1).put((byte) 7);
    // The firmware was killed within a message.
    stream.putInt(7).put((byte) 4).put((byte) 0);
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    backplane.serve(new ByteArrayInputStream(stream.array(), 0, stream.position()), replies);
    ByteBuffer said = ByteBuffer.wrap(replies.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(4 + 164 + 4 + 16, said.remaining());
    assertEquals(164, said.getInt());
    assertEquals(16, said.getInt(168));
    assertEquals(4, chip.telemetry().pulses(), "what was given before the end has acted");
    assertTrue(backplane.grounded());
  }

  @Test
  void refusesWhatIsNoMessage() {
    byte[] text = "mortal-board: ready\n".getBytes(StandardCharsets.UTF_8);
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> backplane.serve(new ByteArrayInputStream(text), OutputStream.nullOutputStream()));
    assertTrue(refusal.getMessage().contains("not that of the backplane"));
  }
}
