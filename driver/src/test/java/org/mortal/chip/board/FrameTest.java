package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;

/// Frames are those of the golden vectors, and what is none is dropped.
class FrameTest {
  private static final int PAYLOAD_MAX = 2048;

  @Test
  void cobsIsThatOfTheVectors() throws IOException {
    for (String[] line : Vectors.lines("cobs.txt")) {
      byte[] plain = Vectors.bytes(line[1]);
      byte[] encoded = Vectors.bytes(line[3]);
      byte[] made = new byte[Cobs.bound(plain.length)];
      int length = Cobs.encode(plain, plain.length, made, 0);
      assertArrayEquals(encoded, Arrays.copyOf(made, length), line[0]);
      int back = Cobs.decode(made, length);
      assertArrayEquals(plain, Arrays.copyOf(made, back), line[0]);
    }
  }

  @Test
  void whatNoEncoderWritesIsRefused() throws IOException {
    for (String[] line : Vectors.lines("cobs_refused.txt")) {
      byte[] bytes = Vectors.bytes(line[1]);
      assertEquals(-1, Cobs.decode(bytes, bytes.length), line[0]);
    }
  }

  @Test
  void crcIsThatOfTheVectors() throws IOException {
    for (String[] line : Vectors.lines("crc32c.txt")) {
      CRC32C crc = new CRC32C();
      crc.update(Vectors.bytes(line[1]));
      assertEquals(Vectors.number(line[3]), (int) crc.getValue(), line[0]);
    }
  }

  @Test
  void framesAreThoseOfTheVectors() throws IOException {
    for (String[] line : Vectors.lines("frames.txt")) {
      Frame.Key key = new Frame.Key(Vectors.number(line[1]), Vectors.number(line[2]));
      Frame frame = frame(line);
      byte[] wire = Vectors.bytes(line[9]);
      assertArrayEquals(wire, frame.encode(key), line[0]);
      List<Frame> taken = decode(key, wire);
      assertEquals(1, taken.size(), line[0]);
      assertEquals(frame, taken.getFirst(), line[0]);
    }
  }

  private static Frame frame(String[] line) {
    return new Frame(
        Greeting.PROTOCOL,
        Integer.parseInt(line[3]),
        Integer.parseInt(line[4]),
        Integer.parseInt(line[5]),
        Integer.parseInt(line[6]),
        ByteBuffer.wrap(Vectors.bytes(line[7])));
  }

  @Test
  void whatIsNoFrameOfTheSessionIsDropped() throws IOException {
    for (String[] line : Vectors.lines("frames_refused.txt")) {
      Frame.Key key = new Frame.Key(Vectors.number(line[1]), Vectors.number(line[2]));
      List<Frame> taken = decode(key, Vectors.bytes(line[3]));
      taken.removeIf(frame -> frame.version() != Greeting.PROTOCOL);
      assertEquals(List.of(), taken, line[0]);
    }
  }

  @Test
  void stopIsTheConstantOfTheVectors() throws IOException {
    byte[] stop = Vectors.bytes(Vectors.lines("stop.txt").getFirst()[1]);
    assertArrayEquals(stop, Outgoing.STOP);
  }

  private static List<Frame> decode(Frame.Key key, byte[] wire) {
    FrameDecoder decoder = new FrameDecoder(PAYLOAD_MAX);
    decoder.key(key);
    List<Frame> taken = new ArrayList<>();
    decoder.feed(wire, 0, wire.length, taken::add);
    return taken;
  }

  @Test
  void framesAreFoundBetweenNoiseHoweverTheyArePartitioned() {
    Philox random = new Philox(Philox.key(7));
    Frame.Key key = new Frame.Key(1, 2);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[random.nextInt(0, 300)];
      random.nextBytes(noise);
      byte[] payload = new byte[random.nextInt(0, 600)];
      random.nextBytes(payload);
      Frame frame = new Frame(1, 16, round, 0, 0, ByteBuffer.wrap(payload));
      byte[] wire = frame.encode(key);
      ByteBuffer stream = ByteBuffer.allocate(noise.length + 1 + wire.length);
      stream.put(noise).put((byte) 0).put(wire);
      FrameDecoder decoder = new FrameDecoder(PAYLOAD_MAX);
      decoder.key(key);
      List<Frame> taken = new ArrayList<>();
      int from = 0;
      while (from < stream.capacity()) {
        int count = Math.min(random.nextInt(1, 50), stream.capacity() - from);
        decoder.feed(stream.array(), from, count, taken::add);
        from += count;
      }
      assertEquals(List.of(frame), taken);
      assertTrue(noise.length < 20 || decoder.crcErrors() + decoder.resyncs() > 0);
    }
  }

  @Test
  void anOverlongFrameCostsOnlyItself() {
    Frame.Key key = new Frame.Key(1, 2);
    FrameDecoder decoder = new FrameDecoder(64);
    decoder.key(key);
    Frame frame = new Frame(1, 16, 5, 0, 0, ByteBuffer.wrap(new byte[] {1, 0, 2}));
    byte[] longer = new Frame(1, 16, 4, 0, 0, ByteBuffer.wrap(new byte[5000])).encode(key);
    List<Frame> taken = new ArrayList<>();
    decoder.feed(longer, 0, longer.length, taken::add);
    byte[] wire = frame.encode(key);
    decoder.feed(wire, 0, wire.length, taken::add);
    assertEquals(List.of(frame), taken);
    assertEquals(1, decoder.resyncs());
  }

  @Test
  void theFakesWireIsTheSame() {
    Philox random = new Philox(Philox.key(8));
    for (int size : new int[] {0, 1, 242, 243, 244, 245, 246, 247, 248, 500, 1000}) {
      byte[] payload = new byte[size];
      for (int i = 0; i < size; i++) {
        payload[i] = (byte) random.nextInt(1, 256);
      }
      Frame frame = new Frame(1, 17, 0x1234, 0x0102, 1, ByteBuffer.wrap(payload));
      byte[] ours = frame.encode(new Frame.Key(0x11223344, 0x55667788));
      byte[] fakes = FakeWire.frame(0x11223344, 0x55667788, 17, 0x1234, 0x0102, 1, payload);
      assertArrayEquals(fakes, ours, "" + size);
    }
  }
}
