package org.mortal.chip.board;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// A board at the end of a link: commands go out as its credits allow, each is carried out at most once, and each gets a reply,
/// if only that it was lost.
///
/// All waits end, and none can be interrupted. One thread at a time, but [#stop] may come from any.
final class Session implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final String address;
  private final LinkOptions options;
  private final Conversation conversation;
  private final LinkThreads threads;
  private final ReentrantLock lock;
  private boolean closed;

  private Session(Link link, LinkOptions options, RandomGenerator random) {
    this.address = link.address();
    this.options = options;
    this.conversation = new Conversation(address, options, random, System.nanoTime());
    this.threads = new LinkThreads(link, options, conversation);
    this.lock = threads.lock();
  }

  /// Opens a session with the board at the end of `link`, and closes the link where there is none.
  ///
  /// @param random for the session's number
  /// @throws ChipException if no board answers, or not one of ours
  static Session open(Link link, LinkOptions options, RandomGenerator random) {
    Session session = new Session(link, options, random);
    Fault fault = session.awaitGreeting();
    if (fault != null) {
      session.closed = true;
      session.threads.end();
      throw new ChipException(fault);
    }
    return session;
  }

  private Fault awaitGreeting() {
    long deadline = System.nanoTime() + options.answerNanos();
    lock.lock();
    try {
      while (!conversation.isOpen()) {
        if (conversation.fault() != null || System.nanoTime() - deadline > 0) {
          return conversation.diagnosis();
        }
        threads.awaitChange();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Hears anew what the board says of itself.
  ///
  /// @throws ChipException if it does not answer
  void greetAgain() {
    long deadline = System.nanoTime() + options.answerNanos();
    lock.lock();
    try {
      conversation.probe();
      threads.wakeWriter();
      while (!conversation.isOpen()) {
        checkInTime(Event.HELLO, deadline);
        threads.awaitChange();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the board has begun anew since `before`, the [#epoch] of then.
  ///
  /// @throws ChipException if it does not
  void awaitRestart(int before) {
    long deadline = System.nanoTime() + options.answerNanos();
    while (epoch() == before) {
      if (System.nanoTime() - deadline > 0) {
        throw new ChipException(
            new Fault.LinkTimeout(address, Command.RESET.name(), options.answerMillis()));
      }
      // It may answer once more before it restarts, and what it says of itself then may get lost.
      greetAgain();
    }
    greetAgain();
  }

  private void checkInTime(Event event, long deadline) {
    if (conversation.fault() != null) {
      throw new ChipException(conversation.fault());
    }
    if (System.nanoTime() - deadline > 0) {
      throw new ChipException(new Fault.LinkTimeout(address, event.name(), options.answerMillis()));
    }
  }

  String address() {
    return address;
  }

  Greeting greeting() {
    return locked(conversation::greeting);
  }

  LinkCounters counters() {
    return locked(conversation::counters);
  }

  /// Counts the sessions lost so far: what the board was told before is forgotten when it changes.
  int epoch() {
    return locked(conversation::epoch);
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /// Sends a command as soon as credits allow.
  ///
  /// @param epoch in which it makes sense; if that is over, it is not sent and answered as lost
  /// @throws ChipException if the board cannot be reached
  Pending send(Request request, int epoch) {
    lock.lock();
    try {
      Pending pending = conversation.admit(request, epoch, System.nanoTime());
      if (pending == null) {
        conversation.stalled();
      }
      while (pending == null) {
        threads.awaitChange();
        pending = conversation.admit(request, epoch, System.nanoTime());
      }
      threads.wakeWriter();
      return pending;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what becomes of a command.
  Reply await(Pending pending) {
    lock.lock();
    try {
      while (!pending.answered()) {
        threads.awaitChange();
      }
      return pending.reply();
    } finally {
      lock.unlock();
    }
  }

  /// Whether [#await] would come back at once.
  boolean answered(Pending pending) {
    return locked(pending::answered);
  }

  /// Grounds all lines now, whatever is under way, and makes the board refuse commands. From any thread.
  ///
  /// @throws ChipException if the board does not confirm it
  void stop() {
    long deadline = System.nanoTime() + options.answerNanos();
    lock.lock();
    try {
      conversation.stop().want(System.nanoTime());
      threads.wakeWriter();
      while (!conversation.stop().confirmed()) {
        checkInTime(Event.STOP, deadline);
        threads.awaitChange();
      }
    } finally {
      lock.unlock();
    }
  }

  /// A RESUME was carried out, or the stop is not to outlast this session.
  void resumed() {
    lock.lock();
    try {
      conversation.stop().end();
    } finally {
      lock.unlock();
    }
  }

  /// Grounds all lines, as far as the board can be reached, and lets the link go. Closing twice does nothing.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    resumed();
    try {
      await(send(Request.of(Command.GROUND, 0), epoch()));
    } catch (ChipException e) {
      LOG.log(Level.WARNING, "not grounded by the host: " + e.getMessage());
    } finally {
      threads.end();
    }
  }
}
