package org.mortal.chip.board;

/// When what happened on a link, and so when to do something about it. Guarded by its session's lock.
final class Times {
  /// The host is heard so many times within the time after which the board takes it for silent.
  private static final int ALIVES = 4;

  /// A board that is less patient is not spoken to more often for it.
  private static final int LEAST_SILENCE_MILLIS = 40;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LinkOptions options;
  private final RoundTrip roundTrip = new RoundTrip();
  private long heard;
  private long wrote;
  private long asked;
  private boolean asking;
  private long oldestSince;

  Times(LinkOptions options, long now) {
    this.options = options;
    this.heard = now;
    this.wrote = now;
    this.asked = now;
    this.oldestSince = now;
  }

  /// Something valid came.
  void heard(long now) {
    heard = now;
    roundTrip.heard();
  }

  /// The answer to HELLO came.
  void greeted(long now) {
    roundTrip.greeted(now - wrote);
  }

  /// A reply came.
  void answered(Pending pending, long now) {
    if (pending.sends() == 1) {
      roundTrip.measure(now - pending.sentNanos());
    }
  }

  /// Another command is the oldest without a reply.
  void oldestChanged(long now) {
    oldestSince = now;
  }

  /// The link was away for so long: that is not the board's fault, which has to be heard anew.
  void away(long nanos, long now) {
    oldestSince += nanos;
    heard = now;
  }

  /// What is written next is a command, or not.
  void asking(boolean command) {
    asking = command;
  }

  /// What was written last is on its way.
  void wrote(long now) {
    wrote = now;
    asked = asking ? now : asked;
  }

  /// Whether `oldest` will not be answered any more.
  boolean isOver(Request oldest, long now) {
    long budget = oldest.budgetMillis() * NANOS_PER_MILLI;
    return now - Math.max(heard, oldestSince) > options.answerNanos()
        || now - oldestSince > budget + options.answerNanos();
  }

  long waitedMillis(long now) {
    return (now - oldestSince) / NANOS_PER_MILLI;
  }

  /// When `oldest` is to be asked for again.
  long repeatDue(Request oldest) {
    int bytes = oldest.requestCredit() + oldest.replyCredit();
    return Math.max(heard, asked) + roundTrip.timeOutNanos(bytes);
  }

  /// Nothing came in time; says how often running.
  int timedOut() {
    roundTrip.timedOut();
    return roundTrip.timeOuts();
  }

  /// When to tell the board that the host is there.
  long aliveDue(int silenceMillis) {
    return wrote + Math.max(silenceMillis, LEAST_SILENCE_MILLIS) * NANOS_PER_MILLI / ALIVES;
  }
}
