package org.mortal.chip.board;

import java.util.ArrayDeque;
import java.util.Deque;

/// The commands under way in one session: their numbers, the board's credits, and what is to be sent again.
final class Window {
  private static final int FIRST = 1;

  private final Greeting.LinkLimits limits;
  private final int mostInFlight;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private int nextSequence = FIRST;
  private int lastQueued;
  private int requestBytes;
  private int replyBytes;

  /// @param mostInFlight the host's own limit of commands under way
  Window(Greeting.LinkLimits limits, int mostInFlight) {
    this.limits = limits;
    this.mostInFlight = Math.min(mostInFlight, limits.windowFrames());
  }

  /// Takes a command as far as credits go.
  ///
  /// @return null where it must wait
  Pending admit(Request request) {
    if (!fits(request)) {
      return null;
    }
    Pending added = new Pending(request, nextSequence);
    pending.add(added);
    nextSequence = (nextSequence + 1) % Frame.SEQUENCES;
    requestBytes += request.requestCredit();
    replyBytes += request.replyCredit();
    return added;
  }

  private boolean fits(Request request) {
    return pending.size() < mostInFlight
        && requestBytes + request.requestCredit() <= limits.windowBytes()
        && replyBytes + request.replyCredit() <= limits.replyBytes();
  }

  /// Whether nothing is under way.
  boolean isEmpty() {
    return pending.isEmpty();
  }

  /// The oldest that is not answered, or null.
  Pending oldest() {
    return pending.peekFirst();
  }

  /// The next to send, or null.
  Pending due() {
    for (Pending one : pending) {
      if (one.due()) {
        return one;
      }
    }
    return null;
  }

  /// The last number up to which all replies have arrived.
  int acknowledged() {
    int next = pending.isEmpty() ? nextSequence : pending.peekFirst().sequence();
    return (next - 1) & (Frame.SEQUENCES - 1);
  }

  /// Notes a reply.
  ///
  /// @return the command that it answers, or null where it had been answered before
  Pending answer(int sequence, Reply reply) {
    Pending answered = find(sequence);
    if (answered == null || answered.answered()) {
      return null;
    }
    answered.answer(reply);
    requestBytes -= answered.request().requestCredit();
    for (Pending one : pending) {
      if (one == answered) {
        break;
      }
      one.hurry();
    }
    while (!pending.isEmpty() && pending.peekFirst().answered()) {
      replyBytes -= pending.removeFirst().request().replyCredit();
    }
    return answered;
  }

  private Pending find(int sequence) {
    for (Pending one : pending) {
      if (one.sequence() == sequence) {
        return one;
      }
    }
    return null;
  }

  /// The board says which command it queued last.
  void queued(int sequence) {
    if (Frame.distance(lastQueued, sequence) > 0 && Frame.distance(sequence, nextSequence) > 0) {
      lastQueued = sequence;
    }
  }

  /// The board has dropped what came after a gap, and waits for `sequence`.
  void expected(int sequence) {
    for (Pending one : pending) {
      if (one.waitsForReply() && Frame.distance(sequence, one.sequence()) >= 0) {
        one.resend();
      }
    }
  }

  /// Nothing was heard for a while: what the board is not known to have goes again, and the oldest for its reply.
  void timeOut() {
    for (Pending one : pending) {
      boolean unknown = Frame.distance(lastQueued, one.sequence()) > 0;
      if (one.waitsForReply() && (unknown || one == pending.peekFirst())) {
        one.resend();
      }
    }
  }

  /// The same board is there again and expects `next`: everything unanswered goes again, if that is one of ours.
  ///
  /// @return false where it cannot be the session that we know
  boolean resume(int next) {
    int from = pending.isEmpty() ? nextSequence : pending.peekFirst().sequence();
    if (Frame.distance(from, next) < 0 || Frame.distance(next, nextSequence) < 0) {
      return false;
    }
    expected(from);
    return true;
  }

  /// Answers everything that is under way.
  void lose(Reply.Lost reply) {
    pending.forEach(one -> one.answer(one.answered() ? one.reply() : reply));
    pending.clear();
  }
}
