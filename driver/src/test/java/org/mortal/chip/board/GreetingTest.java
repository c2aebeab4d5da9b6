package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertIllegal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Sensing;

/// The greeting says what the golden vector says.
class GreetingTest {
  private static Map<String, String> vector() throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String[] line : Vectors.lines("greeting.txt")) {
      fields.put(line[0], String.join(" ", Arrays.copyOfRange(line, 1, line.length)));
    }
    return fields;
  }

  private static ByteBuffer payload() throws IOException {
    return ByteBuffer.wrap(Vectors.bytes(vector().get("payload")));
  }

  @Test
  void allFieldsAreThoseOfTheVector() throws IOException {
    Map<String, String> fields = vector();
    Greeting greeting = Greeting.parse(payload());
    Limits limits = greeting.limits();
    Map<String, Object> read = new HashMap<>();
    read.put("protocol", greeting.protocol());
    read.put("reset_cause", greeting.resetCause().code());
    read.put("abilities", (greeting.programs() ? 1 : 0) + (greeting.keepsSettings() ? 2 : 0));
    read.put("schema", Integer.toUnsignedLong(greeting.schema()));
    read.put("firmware_version", greeting.version().packed());
    read.put("nonce", Integer.toUnsignedLong(greeting.nonce()));
    read.put("session", Integer.toUnsignedLong(greeting.session()));
    read.put("next_seq", greeting.nextSequence());
    read.put("payload_max", greeting.link().payloadMax());
    read.put("window_bytes", greeting.link().windowBytes());
    read.put("reply_bytes", greeting.link().replyBytes());
    read.put("window_frames", greeting.link().windowFrames());
    read.put("arrays", greeting.arrays());
    read.put("rows", greeting.geometry().rows());
    read.put("columns", greeting.geometry().columns());
    read.put("sensing", greeting.geometry().sensing().ordinal());
    read.put("dac_bits", greeting.converters().dacBits());
    read.put("adc_bits", greeting.converters().adcBits());
    read.put("stopped", greeting.stopped() ? 1 : 0);
    read.put("silence_millis", greeting.silenceMillis());
    read.put("max_pulses", limits.maxPulses());
    read.put("board", greeting.board());
    read.put("chip", greeting.chip());
    read.put("firmware", greeting.firmware());
    Map<String, Double> doubles = new HashMap<>();
    doubles.put("max_read_volts", limits.maxReadVolts());
    doubles.put("max_pulse_volts", limits.maxPulseVolts());
    doubles.put("max_pulse_seconds", limits.maxPulseSeconds());
    doubles.put("min_siemens", limits.minSiemens());
    doubles.put("max_siemens", limits.maxSiemens());
    doubles.put("max_bias_amps", limits.maxBiasAmps());
    doubles.put("full_scale_amps", limits.fullScaleAmps());
    doubles.put("set_volts", limits.write().setVolts());
    doubles.put("reset_volts", limits.write().resetVolts());
    doubles.put("pulse_seconds", limits.write().seconds());
    doubles.put("step_siemens", limits.write().stepSiemens());
    doubles.put("dac_full_scale_volts", greeting.converters().dacFullScaleVolts());
    doubles.put("adc_full_scale_amps", greeting.converters().adcFullScaleAmps());
    read.forEach((name, value) -> assertEquals(fields.get(name), value.toString(), name));
    doubles.forEach(
        (name, value) -> assertEquals(Double.parseDouble(fields.get(name)), value, name));
    assertEquals(fields.size() - 1, read.size() + doubles.size());
    assertEquals(Sensing.DIFFERENTIAL, greeting.geometry().sensing());
  }

  @Test
  void impossibleBoardsAreRefused() throws IOException {
    assertIllegal(() -> Greeting.parse(ByteBuffer.allocate(100)), 260, 100);
    ByteBuffer wide = payload();
    wide.put(39, (byte) 8);
    assertIllegal(() -> Greeting.parse(wide), Geometry.MAX_LINES);
    ByteBuffer narrow = payload();
    narrow.put(24, (byte) 1).put(25, (byte) 0);
    assertIllegal(() -> Greeting.parse(narrow), "window");
  }

  @Test
  void versionsAreOrdered() {
    assertTrue(Version.of(0x00010000).compareTo(Version.DRIVER) > 0);
    assertTrue(Version.of(0x00000001).compareTo(Version.DRIVER) < 0);
    assertEquals(Version.DRIVER, Version.of(Version.DRIVER.packed()));
    assertEquals("0.1.0", Version.DRIVER.toString());
  }
}
