package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mortal.chip.Fault;
import org.mortal.kernel.Philox;

/// What a session makes of boards that restart or fall silent, of links that fail, and of other programs: it never waits without
/// end, and nothing is done twice.
@Timeout(60)
class SessionLossTest {
  private static final LinkOptions OPTIONS = new LinkOptions(1500, 1500);
  private static final LinkOptions SHORT = new LinkOptions(800, 800);

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
    return new Request(Command.PING, ByteBuffer.allocate(size), size, 100);
  }

  private static Reply call(Session session, Request request) {
    return session.await(session.send(request, session.epoch()));
  }

  @Test
  void aRestartLosesWhatWasUnderWayAndTheSessionGoesOn() {
    try (Session session = open(board, OPTIONS)) {
      int epoch = session.epoch();
      board.nanosPerCommand = 300_000_000;
      Pending pending = session.send(ping(3), epoch);
      board.restart();
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, session.await(pending));
      assertTrue(lost.restarted());
      assertEquals("the board restarted (watchdog)", lost.cause());
      board.nanosPerCommand = 0;
      assertInstanceOf(Reply.Lost.class, session.await(session.send(ping(1), epoch)));
      assertInstanceOf(Reply.Done.class, call(session, ping(5)));
      assertEquals(1, session.counters().restarts());
    }
  }

  @Test
  void anUnpluggedCableIsPutBackAndNothingIsDoneTwice() throws InterruptedException {
    try (Session session = open(board, OPTIONS)) {
      call(session, ping(0));
      int before = board.executed;
      board.nanosPerCommand = 20_000_000;
      List<Pending> pending = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        pending.add(session.send(ping(i), session.epoch()));
      }
      Thread.sleep(30);
      board.plugged = false;
      Thread.sleep(200);
      board.plugged = true;
      for (Pending one : pending) {
        assertInstanceOf(Reply.Done.class, session.await(one));
      }
      assertEquals(before + 5, board.executed);
      assertEquals(1, session.counters().reopens());
    }
  }

  @Test
  void aCableThatStaysAwayLosesTheBoard() {
    Session session = open(board, SHORT);
    call(session, ping(1));
    board.nanosPerCommand = 250_000_000;
    Pending pending = session.send(ping(2), session.epoch());
    board.plugged = false;
    Reply.Lost lost = assertInstanceOf(Reply.Lost.class, session.await(pending));
    assertInstanceOf(Fault.LinkLost.class, lost.fault());
    assertRefused(() -> call(session, ping(1)), "was lost", "unplugged");
    session.close();
    session.close();
  }

  @Test
  void aBoardThatFallsSilentIsReported() throws InterruptedException {
    try (Session session = open(board, SHORT)) {
      call(session, ping(1));
      board.mute = true;
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, call(session, ping(2)));
      assertInstanceOf(Fault.LinkTimeout.class, lost.fault());
      assertRefused(() -> call(session, ping(3)), "did not answer HELLO");
      board.mute = false;
      int greetings = board.greetings;
      while (board.greetings == greetings) {
        Thread.sleep(10);
      }
      Thread.sleep(50);
      assertInstanceOf(Reply.Done.class, call(session, ping(4)));
    }
  }

  @Test
  void aWriteThatHangsIsEndedByClosingTheLink() {
    HangingLink link = new HangingLink(board);
    try (Session session = open(link, SHORT)) {
      call(session, ping(1));
      link.hangs = true;
      Reply reply = call(session, ping(2));
      assertInstanceOf(Reply.Done.class, reply);
      assertEquals(1, session.counters().reopens());
    }
  }

  /// A link whose writes do not come back until it is closed, once asked for.
  private static final class HangingLink implements Link {
    private final FakeBoard board;
    private volatile boolean hangs;
    private volatile boolean closed;

    HangingLink(FakeBoard board) {
      this.board = board;
    }

    @Override
    public int read(byte[] buffer, long nanos) throws Gone {
      return board.read(buffer, nanos);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws Gone {
      while (hangs && !closed) {
        LockSupport.parkNanos(1_000_000);
      }
      if (closed) {
        throw new Gone("closed");
      }
      board.write(bytes, offset, count);
    }

    @Override
    public void reopen() throws Gone {
      hangs = false;
      closed = false;
      board.reopen();
    }

    @Override
    public String address() {
      return board.address();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aBoardThatGreetsAndDropsEveryCommandIsNotWaitedForWithoutEnd() {
    try (Session session = open(board, SHORT)) {
      call(session, ping(1));
      int greetings = board.greetings;
      board.deaf = true;
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, call(session, ping(2)));
      Fault.LinkTimeout fault = assertInstanceOf(Fault.LinkTimeout.class, lost.fault());
      assertEquals(Command.PING.name(), fault.command());
      assertTrue(board.greetings > greetings, "it was asked whether it knows the session");
      board.deaf = false;
      // On a busy machine an answer may come too late for so short a patience; then callers ask
      // again.
      Reply reply = call(session, ping(3));
      for (int tries = 0; tries < 10 && reply instanceof Reply.Lost; tries++) {
        reply = call(session, ping(3));
      }
      assertInstanceOf(Reply.Done.class, reply);
    }
  }

  @Test
  void aLinkThatComesBackOnlyToGoAgainIsLost() {
    try (Session session = open(board, SHORT)) {
      call(session, ping(1));
      board.loose = true;
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, call(session, ping(2)));
      assertInstanceOf(Fault.LinkLost.class, lost.fault());
      assertTrue(board.reopens > 1);
    }
  }

  @Test
  void anotherProgramThatOpensTheBoardIsNoticed() {
    try (Session session = open(board, OPTIONS)) {
      call(session, ping(1));
      board.openByAnother(77);
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, call(session, ping(2)));
      assertEquals(Diagnosis.OTHER_PROGRAM, lost.cause());
      assertTrue(lost.restarted());
      assertInstanceOf(Reply.Done.class, call(session, ping(3)));
    }
  }

  /// After two others the board has forgotten the first session, and would open it again as a new one.
  @Test
  void twoOtherProgramsInBetweenDoNotMakeTheFirstCommandHappenTwice() throws InterruptedException {
    try (Session session = open(board, OPTIONS)) {
      board.mute = true;
      Pending pending = session.send(ping(1), session.epoch());
      while (board.executed == 0) {
        Thread.sleep(1);
      }
      board.openByAnother(77);
      board.openByAnother(78);
      board.mute = false;
      Reply.Lost lost = assertInstanceOf(Reply.Lost.class, session.await(pending));
      assertTrue(lost.cause().contains(Diagnosis.OTHER_PROGRAM), lost.cause());
      assertEquals(1, board.executed);
      assertInstanceOf(Reply.Done.class, call(session, ping(3)));
    }
  }
}
