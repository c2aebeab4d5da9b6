package org.mortal.chip.board;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mortal.chip.Fault;

/// Commands and replies of one session that is open. Guarded by its session's lock.
final class Traffic {
  /// After so many time-outs running it is asked whether the board still knows the session.
  private static final int TIME_OUTS_TO_PROBE = 1;

  private static final System.Logger LOG = System.getLogger(Traffic.class.getName());

  private final String address;
  private final Window window;
  private final Frame.Key key;
  private final Times times;
  private final Tally tally;
  private long busySince;

  /// @param times told of what happens
  /// @param tally counts it
  Traffic(String address, Window window, Frame.Key key, Times times, Tally tally) {
    this.address = address;
    this.window = window;
    this.key = key;
    this.times = times;
    this.tally = tally;
  }

  /// Takes a command as far as credits go.
  ///
  /// @return null where it must wait
  Pending admit(Request request, long now) {
    boolean empty = window.isEmpty();
    Pending pending = window.admit(request);
    if (empty && pending != null) {
      busySince = now;
      times.oldestChanged(now);
    }
    return pending;
  }

  /// The bytes to send now, or null.
  ///
  /// @param aliveDue when to tell the board that the host is there
  byte[] next(long aliveDue, long now) {
    Pending due = window.due();
    times.asking(due != null);
    if (due != null) {
      return command(due, now);
    }
    return now - aliveDue >= 0 ? Outgoing.alive(window.acknowledged(), key) : null;
  }

  private byte[] command(Pending due, long now) {
    byte[] frame = Outgoing.command(due, window.acknowledged(), key);
    tally.retries += due.sends() > 0 ? 1 : 0;
    due.sent(now);
    return frame;
  }

  /// When the oldest command is to be asked for again, at most `latest`.
  long repeatDue(long latest) {
    return window.isEmpty() ? latest : Math.min(latest, times.repeatDue(window.oldest().request()));
  }

  /// Why the oldest command will not be answered any more, or null.
  Fault overdue(long now) {
    if (window.isEmpty() || !times.isOver(window.oldest().request(), now)) {
      return null;
    }
    String command = window.oldest().request().command().name();
    return new Fault.LinkTimeout(address, command, times.waitedMillis(now));
  }

  /// Asks again for what was not answered in time.
  ///
  /// @return false where the board should be asked first whether it still knows the session
  boolean repeat(long now) {
    if (window.isEmpty()
        || window.due() != null
        || now - times.repeatDue(window.oldest().request()) <= 0) {
      return true;
    }
    tally.timeOuts++;
    if (times.timedOut() > TIME_OUTS_TO_PROBE) {
      return false;
    }
    window.timeOut();
    return true;
  }

  void hear(Frame frame, long now) {
    window.queued(frame.acknowledged());
    if (frame.isReply()) {
      answer(frame, now);
    } else if (frame.is(Event.EXPECTED) && frame.payload().remaining() >= Short.BYTES) {
      window.expected(frame.payload().getShort(0) & 0xFFFF);
    } else if (frame.is(Event.LOG) && frame.payload().hasRemaining()) {
      log(frame.payload());
    }
  }

  private void answer(Frame frame, long now) {
    Pending oldest = window.oldest();
    Pending answered = window.answer(frame.sequence(), reply(frame));
    if (answered == null) {
      tally.duplicates++;
      return;
    }
    times.answered(answered, now);
    if (window.oldest() != oldest) {
      times.oldestChanged(now);
    }
    tally.busyNanos += window.isEmpty() ? now - busySince : 0;
  }

  private static Reply reply(Frame frame) {
    return frame.isFault()
        ? new Reply.Refused(FaultReport.parse(frame.payload()))
        : new Reply.Done(frame.payload());
  }

  private void log(ByteBuffer payload) {
    Severity severity = Coded.find(Severity.values(), payload.get() & 0xFF);
    LOG.log(
        severity == null ? Level.INFO : severity.level(),
        address + ": " + StandardCharsets.UTF_8.decode(payload));
  }

  /// The board still knows the session and expects `next`.
  ///
  /// @return false where it cannot be the session that we know
  boolean resume(int next) {
    return window.resume(next);
  }

  /// Nobody knows what became of what is under way.
  void lose(Reply.Lost loss) {
    window.lose(loss);
  }
}
