package org.mortal.chip.board;

import java.lang.System.Logger.Level;
import java.util.random.RandomGenerator;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// What the host says to a board and what it makes of the answers, by PROTOCOL.md: no threads, no clock, no link of its own.
///
/// Goes from a [Handshake] to the [Traffic] of a session, and begins anew when the board does. Times are those of
/// [System#nanoTime]. Guarded by the lock of its [Session].
final class Conversation {
  /// The longest payload of any board: u16 in the greeting.
  private static final int PAYLOAD_MAX = 0xFFFF;

  /// It is looked at so often at least.
  private static final long LOOK_NANOS = 100_000_000;

  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private enum State {
    /// Says HELLO until a greeting comes.
    OPENING,
    OPEN,
    /// Open, but says HELLO to hear whether the board still knows the session; until it answers no command is sent.
    PROBING,
    /// Waits for the link to come back.
    GONE,
    FAILED
  }

  private final String address;
  private final LinkOptions options;
  private final Handshake handshake;
  private final Times times;
  private final FrameDecoder decoder = new FrameDecoder(PAYLOAD_MAX);
  private final Tally tally = new Tally();
  private final StopWish stop = new StopWish();

  private State state;

  /// Null while no session is open.
  private Traffic traffic;

  private Reply.Lost loss;
  private Fault fault;
  private int epoch;
  private long goneSince;

  Conversation(String address, LinkOptions options, RandomGenerator random, long now) {
    this.address = address;
    this.options = options;
    this.handshake = new Handshake(address, random);
    this.times = new Times(options, now);
    begin(now);
  }

  private void begin(long now) {
    handshake.begin(now);
    decoder.key(Outgoing.ANY);
    state = State.OPENING;
    traffic = null;
  }

  // --- what a caller wants ---

  /// Takes a command as far as credits go.
  ///
  /// @param expectedEpoch the [#epoch] in which it makes sense
  /// @return null where it must wait
  Pending admit(Request request, int expectedEpoch, long now) {
    if (fault != null) {
      throw new ChipException(fault);
    }
    if (state == State.OPENING && handshake.openingNanos(now) > options.answerNanos()) {
      throw new ChipException(
          new Fault.LinkTimeout(address, Event.HELLO.name(), options.answerMillis()));
    }
    if (expectedEpoch != epoch) {
      return Pending.lost(request, loss);
    }
    return traffic == null ? null : traffic.admit(request, now);
  }

  void stalled() {
    tally.creditStalls++;
  }

  /// Whether the board is to stand still.
  StopWish stop() {
    return stop;
  }

  /// Asks the board to say again what it is, and whether it knows the session.
  void probe() {
    if (state == State.OPEN) {
      state = State.PROBING;
    }
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /// Counts the sessions lost so far.
  int epoch() {
    return epoch;
  }

  /// The last greeting of ours, or null.
  Greeting greeting() {
    return handshake.greeting();
  }

  /// Why nothing goes any more, or null.
  Fault fault() {
    return fault;
  }

  LinkCounters counters() {
    return tally.counters(decoder);
  }

  /// Why no board has greeted.
  Fault diagnosis() {
    return fault == null
        ? Diagnosis.noGreeting(address, options, tally, handshake.oddity())
        : fault;
  }

  // --- what goes out ---

  /// The bytes to send now, or null. After [#wrote] ask again.
  ///
  /// @param waited for by somebody
  byte[] next(boolean waited, long now) {
    return tally.sent(choose(waited, now));
  }

  private byte[] choose(boolean waited, long now) {
    if (state == State.GONE || state == State.FAILED) {
      return null;
    }
    if (stop.sayNow(now)) {
      return Outgoing.STOP;
    }
    checkTimes(now);
    return state == State.OPEN ? traffic.next(aliveDue(waited, now), now) : handshake.hello(now);
  }

  void wrote(long now) {
    times.wrote(now);
  }

  /// When to ask [#next] again if nothing happens before.
  long due(boolean waited, long now) {
    return switch (state) {
      case OPENING, PROBING -> Math.min(handshake.helloDue(), now + LOOK_NANOS);
      case OPEN -> Math.min(traffic.repeatDue(now + LOOK_NANOS), aliveDue(waited, now));
      case GONE, FAILED -> now + LOOK_NANOS;
    };
  }

  /// A board that nobody waits for need not be told that the host is there.
  private long aliveDue(boolean waited, long now) {
    return waited ? times.aliveDue(greeting().silenceMillis()) : now + LOOK_NANOS;
  }

  private void checkTimes(long now) {
    Fault overdue = traffic == null ? null : traffic.overdue(now);
    if (overdue != null) {
      lose("the board did not answer", overdue, false);
      begin(now);
    } else if (state == State.OPEN && !traffic.repeat(now)) {
      probe();
    }
  }

  // --- what comes in ---

  void receive(byte[] bytes, int count, long now) {
    tally.bytesIn += count;
    decoder.feed(bytes, 0, count, frame -> hear(frame, now));
  }

  private void hear(Frame frame, long now) {
    if (state == State.FAILED || state == State.GONE) {
      return;
    }
    if (frame.is(Event.HELLO)) {
      tally.echoes++;
      return;
    }
    tally.framesIn++;
    times.heard(now);
    if (frame.is(Event.GREETING)) {
      greet(frame, now);
    } else if (frame.is(Event.STOPPED)) {
      stop.confirm();
    } else if (frame.version() == Greeting.PROTOCOL
        && frame.type() >= Frame.FIRST_OF_LIST
        && traffic != null) {
      traffic.hear(frame, now);
    }
  }

  private void greet(Frame frame, long now) {
    Greeting heard = handshake.hear(frame);
    if (heard == null) {
      return;
    }
    Fault stranger = handshake.stranger(frame, heard);
    boolean ours = heard.session() == handshake.session();
    if (stranger != null) {
      fail(stranger);
    } else if (state == State.OPENING && ours) {
      open(heard, now);
    } else if (state == State.OPENING) {
      handshake.helloNow(now);
    } else if (ours && heard.nonce() == greeting().nonce()) {
      goOn(heard, now);
    } else if (ours) {
      restart(Diagnosis.forgotten(heard), now);
    } else if (heard.session() == 0) {
      restart(Diagnosis.restart(heard), now);
    } else if (state == State.PROBING) {
      restart(Diagnosis.OTHER_PROGRAM, now);
    }
  }

  private void open(Greeting heard, long now) {
    Fault exchanged = handshake.exchanged(heard);
    if (exchanged != null) {
      fail(exchanged);
      return;
    }
    Frame.Key key = handshake.accept(heard);
    decoder.key(key);
    Window window = new Window(heard.link(), options.mostInFlight());
    traffic = new Traffic(address, window, key, times, tally);
    state = State.OPEN;
    times.greeted(now);
    stop.compare(heard, now);
  }

  /// The session goes on, unless somebody else has had the board in between. Commands get no new time: a board that
  /// greets, and does nothing else, must not be waited for without end.
  private void goOn(Greeting heard, long now) {
    if (!traffic.resume(heard.nextSequence())) {
      restart(Diagnosis.OTHER_PROGRAM, now);
      return;
    }
    handshake.accept(heard);
    state = State.OPEN;
    stop.compare(heard, now);
  }

  // --- what goes wrong ---

  private void restart(String cause, long now) {
    LOG.log(Level.WARNING, address + ": " + cause);
    tally.restarts++;
    lose(cause, new Fault.LinkLost(address, cause), true);
    begin(now);
  }

  /// Nobody knows what became of what was under way.
  private void lose(String cause, Fault why, boolean restarted) {
    loss = new Reply.Lost(cause, why, restarted);
    epoch++;
    if (traffic != null) {
      traffic.lose(loss);
    }
  }

  /// The link is gone. It may come back.
  void gone(long now) {
    if (state != State.FAILED && state != State.GONE) {
      state = State.GONE;
      goneSince = now;
    }
  }

  /// The link is there again.
  void back(long now) {
    tally.reopens++;
    decoder.reset();
    times.away(now - goneSince, now);
    handshake.away(now - goneSince);
    handshake.helloNow(now);
    if (state == State.GONE) {
      state = traffic == null ? State.OPENING : State.PROBING;
    }
  }

  /// Nothing goes any more.
  void fail(Fault why) {
    if (fault == null) {
      fault = why;
      state = State.FAILED;
      lose("the link was lost", why, false);
    }
  }
}
