package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// Carries out a job of many commands, as many at a time as the board's credits allow.
final class Pipeline {

  /// How a job went.
  ///
  /// @param refused the command that the board refused first, or null
  /// @param report why, or null
  /// @param lost what has become of the first command without a reply, or null
  record Result(Command refused, FaultReport report, Reply.Lost lost) {}

  private record InFlight(Step step, Pending pending) {}

  private final Session session;
  private final int epoch;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();
  private boolean begun;
  private Command refused;
  private FaultReport report;
  private Reply.Lost lost;
  private ChipException garbled;

  /// @param epoch of the session in which the job makes sense
  Pipeline(Session session, int epoch) {
    this.session = session;
    this.epoch = epoch;
  }

  /// Runs until all steps are done, or one was refused or lost; what has become of all that were sent is then known.
  ///
  /// @throws ChipException if nothing could be sent, or the board answers as none of ours does
  Result run(Iterator<Step> steps) {
    while (steps.hasNext() && !failed()) {
      send(steps.next());
      while (!inFlight.isEmpty() && session.answered(inFlight.peek().pending())) {
        settle(inFlight.remove());
      }
    }
    while (!inFlight.isEmpty()) {
      settle(inFlight.remove());
    }
    if (garbled != null && lost == null) {
      throw garbled;
    }
    return new Result(refused, report, lost);
  }

  private boolean failed() {
    return report != null || lost != null || garbled != null;
  }

  /// A board that is out of reach has perhaps done what was sent before.
  private void send(Step step) {
    try {
      inFlight.add(new InFlight(step, session.send(step.request(), epoch)));
      begun = true;
    } catch (ChipException e) {
      if (!begun) {
        throw e;
      }
      lost = new Reply.Lost("the board went out of reach", e.fault(), false);
    }
  }

  private void settle(InFlight one) {
    switch (session.await(one.pending())) {
      case Reply.Done(ByteBuffer payload) -> done(one.step(), payload);
      case Reply.Refused(FaultReport why) -> {
        if (report == null) {
          refused = one.step().request().command();
          report = why;
        }
      }
      case Reply.Lost loss -> {
        if (lost == null) {
          lost = loss;
        }
      }
    }
  }

  private void done(Step step, ByteBuffer payload) {
    Request request = step.request();
    if (payload.remaining() == request.replyBytes()) {
      step.done().accept(payload);
    } else if (garbled == null) {
      garbled =
          new ChipException(
              new Fault.Hardware(
                  session.address(),
                  "the firmware answered %s with %d bytes, not %d"
                      .formatted(request.command(), payload.remaining(), request.replyBytes())));
    }
  }
}
