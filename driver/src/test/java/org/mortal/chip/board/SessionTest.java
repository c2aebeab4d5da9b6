package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.kernel.Philox;

/// What a session makes of boards, and of none.
class SessionTest {
  private static final LinkOptions OPTIONS = new LinkOptions(1500, 1500);
  private static final LinkOptions SHORT = new LinkOptions(300, 300);

  private final FakeArrays arrays = new FakeArrays(1, 8, 8, 8, 9);
  private final FakeBoard board = new FakeBoard(arrays);

  @AfterEach
  void endBoard() throws InterruptedException {
    board.end();
  }

  private static Session open(Link link, LinkOptions options) {
    return Session.open(link, options, new Philox(Philox.key(5)));
  }

  private static Request ping(int size) {
    ByteBuffer payload = ByteBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      payload.put(i, (byte) i);
    }
    return new Request(Command.PING, payload, size, 100);
  }

  private static Reply call(Session session, Request request) {
    return session.await(session.send(request, session.epoch()));
  }

  @Test
  void commandsAreAnsweredInOrderWithinCredits() {
    try (Session session = open(board, OPTIONS)) {
      List<Pending> pending = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        pending.add(session.send(ping(i % 400), session.epoch()));
      }
      for (int i = 0; i < 500; i++) {
        Reply.Done done = assertInstanceOf(Reply.Done.class, session.await(pending.get(i)));
        assertEquals(ping(i % 400).payload(), done.payload());
      }
      assertEquals(0, session.counters().crcErrors());
      assertTrue(session.counters().creditStalls() > 0);
    }
    assertEquals(0, board.overflows);
  }

  @Test
  void numbersGoAround() {
    try (Session session = open(board, OPTIONS)) {
      Pending last = null;
      for (int i = 0; i < 70_000; i++) {
        last = session.send(Request.of(Command.PING, 0), session.epoch());
      }
      assertInstanceOf(Reply.Done.class, session.await(last));
    }
    // The last is GROUND.
    assertEquals(70_001, board.executed);
  }

  @Test
  void aBoardThatSaysNothingIsToldFromAnotherDevice() {
    board.mute = true;
    ChipException silent = assertRefused(() -> open(board, SHORT), "HELLO", "300 ms");
    assertInstanceOf(Fault.LinkTimeout.class, silent.fault());
    ChipException other = assertRefused(() -> open(new Chatter(), SHORT), "another device");
    assertInstanceOf(Fault.NoBoard.class, other.fault());
  }

  /// A device that is none of ours.
  private static final class Chatter implements Link {
    @Override
    public int read(byte[] buffer, long nanos) {
      byte[] line = "GPS 12.5 N\r\n\0".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(line, 0, buffer, 0, line.length);
      LockSupport.parkNanos(1_000_000);
      return line.length;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      // Does not listen.
    }

    @Override
    public void reopen() {
      // Never goes.
    }

    @Override
    public String address() {
      return "fake:chatter";
    }

    @Override
    public void close() {
      // Nothing to let go.
    }
  }

  @Test
  void anEchoIsNoBoard() {
    board.echo = true;
    assertRefused(() -> open(board, SHORT), "echoes");
  }

  @Test
  void otherFirmwareIsRefusedWithTheOlderSide() throws InterruptedException {
    refuses(0x12345678, 0x000001, "firmware is older");
    refuses(0x12345678, 0x010000, "driver is older");
    refuses(0x12345678, Version.DRIVER.packed(), "same sources");
  }

  private void refuses(int schema, int version, String words) throws InterruptedException {
    FakeBoard other = new FakeBoard(arrays, schema, version);
    ChipException refusal = assertRefused(() -> open(other, OPTIONS), words);
    assertInstanceOf(Fault.OtherFirmware.class, refusal.fault());
    other.end();
  }

  @Test
  void aLostReplyIsAskedForAndTheCommandNotRepeated() {
    try (Session session = open(board, OPTIONS)) {
      call(session, ping(3));
      int before = board.executed;
      board.silentReply = true;
      assertInstanceOf(Reply.Done.class, call(session, ping(4)));
      assertEquals(before + 1, board.executed);
      assertTrue(session.counters().retries() > 0);
      assertTrue(board.repeats > 0);
    }
  }

  @Test
  void stopOvertakesTheQueueAndOutlastsARestart() throws InterruptedException {
    try (Session session = open(board, OPTIONS)) {
      board.nanosPerCommand = 30_000_000;
      List<Pending> pending = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        pending.add(session.send(Request.of(Command.SETTING_GET, 0), session.epoch()));
      }
      Thread stopper = new Thread(session::stop);
      stopper.start();
      stopper.join();
      Reply.Refused refused =
          assertInstanceOf(Reply.Refused.class, session.await(pending.getLast()));
      assertEquals(Status.STOPPED, refused.report().status());
      board.nanosPerCommand = 0;
      board.restart();
      call(session, ping(1));
      call(session, ping(1));
      for (int i = 0; i < 100 && !board.isStopped(); i++) {
        Thread.sleep(20);
      }
      assertTrue(board.isStopped());
      call(session, Request.of(Command.RESUME, 0));
      session.resumed();
    }
  }
}
