package org.mortal.chip.board;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// What the host says to a board and what it makes of the answers, by PROTOCOL.md: no threads, no clock, no link of its own.
///
/// Times are those of [System#nanoTime]. Guarded by the lock of its [Session].
final class Conversation {
  /// The longest payload of any board: u16 in the greeting.
  private static final int PAYLOAD_MAX = 0xFFFF;

  private static final long HELLO_NANOS = 100_000_000;

  /// After so many time-outs running it is asked whether the board still knows the session.
  private static final int TIME_OUTS_TO_PROBE = 1;

  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
  private static final Frame.Key ANY = new Frame.Key(0, 0);

  private enum State {
    /// Says HELLO until a greeting comes.
    OPENING,
    OPEN,
    /// Waits for the link to come back.
    GONE,
    FAILED
  }

  private final String address;
  private final LinkOptions options;
  private final RandomGenerator random;
  private final Times times;
  private final FrameDecoder decoder = new FrameDecoder(PAYLOAD_MAX);
  private final Tally tally = new Tally();
  private final StopWish stop = new StopWish();
  private final int schema = CommandList.DRIVER.schema();

  private State state = State.OPENING;
  private int session;
  private Frame.Key key;
  private Window window;
  private Greeting greeting;
  private Reply.Lost loss;
  private Fault fault;
  private String oddity;
  private int epoch;
  private boolean probing;
  private long openingSince;
  private long helloDue;

  Conversation(String address, LinkOptions options, RandomGenerator random, long now) {
    this.address = address;
    this.options = options;
    this.random = random;
    this.times = new Times(options, now);
    begin(now);
  }

  /// Begins a session: a new number, so that nothing of an earlier one is taken for its own.
  private void begin(long now) {
    do {
      session = random.nextInt();
    } while (session == 0);
    key = ANY;
    decoder.key(key);
    state = State.OPENING;
    window = null;
    probing = false;
    openingSince = now;
    helloDue = now;
  }

  // --- what a caller wants
  // --------------------------------------------------------------------------------------------

  /// Takes a command as far as credits go.
  ///
  /// @param expectedEpoch the [#epoch] in which it makes sense
  /// @return null where it must wait
  Pending admit(Request request, int expectedEpoch, long now) {
    if (fault != null) {
      throw new ChipException(fault);
    }
    if (state == State.OPENING && now - openingSince > options.answerNanos()) {
      throw new ChipException(new Fault.LinkTimeout(address, "HELLO", options.answerMillis()));
    }
    if (expectedEpoch != epoch) {
      return Pending.lost(request, loss);
    }
    if (window == null) {
      return null;
    }
    boolean empty = window.isEmpty();
    Pending pending = window.admit(request);
    if (empty && !window.isEmpty()) {
      times.oldestChanged(now);
    }
    return pending;
  }

  void stalled() {
    tally.creditStalls++;
  }

  void stop(long now) {
    stop.want(now);
  }

  boolean stopHeard() {
    return stop.confirmed();
  }

  /// The stop was ended by RESUME, or the board is let go.
  void resumed() {
    stop.end();
  }

  boolean isOpen() {
    return state == State.OPEN && !probing;
  }

  /// Counts the sessions lost so far.
  int epoch() {
    return epoch;
  }

  /// The last greeting of ours, or null.
  Greeting greeting() {
    return greeting;
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
    return fault == null ? Diagnosis.noGreeting(address, options, tally, oddity) : fault;
  }

  // --- what goes out
  // --------------------------------------------------------------------------------------------------

  /// The bytes to send now, or null. After [#wrote] ask again.
  ///
  /// @param waited for by somebody
  byte[] next(boolean waited, long now) {
    if (state == State.GONE || state == State.FAILED) {
      return null;
    }
    if (stop.sayNow(now)) {
      return Outgoing.STOP;
    }
    checkTimes(now);
    if (state == State.OPENING || probing) {
      return now - helloDue >= 0 ? hello(now) : null;
    }
    Pending due = window.due();
    times.asking(due != null);
    if (due != null) {
      return command(due, now);
    }
    return waited && now - times.aliveDue(greeting.silenceMillis()) >= 0
        ? Outgoing.alive(window.acknowledged(), key)
        : null;
  }

  void wrote(long now) {
    times.wrote(now);
    tally.framesOut++;
  }

  /// When to ask [#next] again if nothing happens before.
  long due(boolean waited, long now) {
    long due = now + HELLO_NANOS;
    if (state == State.OPEN && !probing && !window.isEmpty()) {
      due = Math.min(due, times.repeatDue(window.oldest().request()));
    }
    if (waited && isOpen()) {
      due = Math.min(due, times.aliveDue(greeting.silenceMillis()));
    }
    return due;
  }

  private byte[] hello(long now) {
    helloDue = now + HELLO_NANOS;
    return Outgoing.hello(schema, session);
  }

  private byte[] command(Pending due, long now) {
    byte[] frame = Outgoing.command(due, window.acknowledged(), key);
    tally.retries += due.sends() > 0 ? 1 : 0;
    due.sent(now);
    return frame;
  }

  private void checkTimes(long now) {
    if (state != State.OPEN || window.isEmpty()) {
      return;
    }
    Request oldest = window.oldest().request();
    if (times.isOver(oldest, now)) {
      String command = oldest.command().name();
      lose(
          "the board did not answer",
          new Fault.LinkTimeout(address, command, times.waitedMillis(now)),
          false);
      begin(now);
    } else if (!probing && window.due() == null && now - times.repeatDue(oldest) > 0) {
      timeOut(now);
    }
  }

  private void timeOut(long now) {
    tally.timeOuts++;
    if (times.timedOut() > TIME_OUTS_TO_PROBE) {
      probe(now);
    } else {
      window.timeOut();
    }
  }

  /// Asks whether the board still knows the session; until it answers no command is sent.
  private void probe(long now) {
    probing = true;
    helloDue = now;
  }

  // --- what comes in
  // --------------------------------------------------------------------------------------------------

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
        && window != null) {
      hearOfSession(frame, now);
    }
  }

  private void hearOfSession(Frame frame, long now) {
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

  private void greet(Frame frame, long now) {
    Greeting heardGreeting;
    try {
      heardGreeting = Greeting.parse(frame.payload());
    } catch (IllegalArgumentException e) {
      oddity = e.getMessage();
      return;
    }
    if (frame.version() != Greeting.PROTOCOL
        || heardGreeting.protocol() != Greeting.PROTOCOL
        || heardGreeting.schema() != schema) {
      fail(Diagnosis.otherFirmware(address, heardGreeting));
    } else if (state == State.OPENING) {
      greetOpening(heardGreeting, now);
    } else if (heardGreeting.nonce() != greeting.nonce()) {
      restart(Diagnosis.restart(heardGreeting), now);
    } else if (heardGreeting.session() == session) {
      greetAgain(heardGreeting, now);
    }
  }

  private void greetOpening(Greeting heardGreeting, long now) {
    if (heardGreeting.session() != session) {
      helloDue = now;
    } else if (greeting != null && !greeting.chip().equals(heardGreeting.chip())) {
      fail(Diagnosis.otherChip(address, greeting, heardGreeting));
    } else {
      greeting = heardGreeting;
      times.greeted(now);
      key = new Frame.Key(schema, session ^ greeting.nonce());
      decoder.key(key);
      window = new Window(greeting.link(), options.mostInFlight());
      state = State.OPEN;
      stop.compare(greeting, now);
    }
  }

  /// The answer to a probe: the session goes on, unless somebody else has had the board in between.
  private void greetAgain(Greeting heardGreeting, long now) {
    if (!window.resume(heardGreeting.nextSequence())) {
      restart("another program opened the board", now);
      return;
    }
    probing = false;
    times.oldestChanged(now);
    greeting = heardGreeting;
    stop.compare(greeting, now);
  }

  // --- what goes wrong
  // ------------------------------------------------------------------------------------------------

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
    if (window != null) {
      window.lose(loss);
    }
  }

  /// The link is gone. It may come back.
  void gone(long now) {
    if (state == State.OPEN) {
      probe(now);
    }
    if (state != State.FAILED) {
      state = State.GONE;
    }
  }

  /// The link is there again.
  void back(long now) {
    tally.reopens++;
    decoder.reset();
    openingSince = now;
    times.oldestChanged(now);
    helloDue = now;
    state = window == null ? State.OPENING : State.OPEN;
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
