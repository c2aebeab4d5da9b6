package org.mortal.chip.board;

/// A command that has been given a number. Guarded by its session's lock.
final class Pending {
  private final Request request;
  private final int sequence;
  private Reply reply;
  private int sends;
  private long sentNanos;
  private boolean due = true;
  private boolean hurried;

  Pending(Request request, int sequence) {
    this.request = request;
    this.sequence = sequence;
  }

  /// One that was never sent, because its session had ended.
  static Pending lost(Request request, Reply.Lost reply) {
    Pending pending = new Pending(request, 0);
    pending.answer(reply);
    return pending;
  }

  Request request() {
    return request;
  }

  int sequence() {
    return sequence;
  }

  /// Null as long as there is none.
  Reply reply() {
    return reply;
  }

  boolean answered() {
    return reply != null;
  }

  void answer(Reply what) {
    reply = what;
    due = false;
  }

  boolean waitsForReply() {
    return sends > 0 && reply == null;
  }

  /// Whether it is to be sent, for the first time or again.
  boolean due() {
    return due;
  }

  void resend() {
    due = reply == null;
  }

  /// Asks for it again because a later reply came first; works once.
  void hurry() {
    if (!hurried && waitsForReply()) {
      hurried = true;
      resend();
    }
  }

  void sent(long now) {
    due = false;
    sends++;
    sentNanos = now;
  }

  int sends() {
    return sends;
  }

  long sentNanos() {
    return sentNanos;
  }
}
