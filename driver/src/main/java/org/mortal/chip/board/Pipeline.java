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
  /// @param sent steps that the board may have seen
  /// @param refused the command that the board refused first, or null
  /// @param report why, or null
  /// @param lost what has become of the first command without a reply, or null
  record Result(int sent, Command refused, FaultReport report, Reply.Lost lost) {}

  private record InFlight(Step step, Pending pending) {}

  private final Session session;
  private final int epoch;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();
  private int sent;
  private Command refused;
  private FaultReport report;
  private Reply.Lost lost;

  /// @param epoch of the session in which the job makes sense
  Pipeline(Session session, int epoch) {
    this.session = session;
    this.epoch = epoch;
  }

  /// Runs until all steps are done, or one was refused or lost; the replies of all that were sent have then arrived.
  Result run(Iterator<Step> steps) {
    while (steps.hasNext() && !failed()) {
      Step step = steps.next();
      Pending pending = session.send(step.request(), epoch);
      inFlight.add(new InFlight(step, pending));
      sent++;
      while (!inFlight.isEmpty() && session.answered(inFlight.peek().pending())) {
        settle(inFlight.remove());
      }
    }
    while (!inFlight.isEmpty()) {
      settle(inFlight.remove());
    }
    return new Result(sent, refused, report, lost);
  }

  private boolean failed() {
    return report != null || lost != null;
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
    if (payload.remaining() != request.replyBytes()) {
      throw new ChipException(
          new Fault.Hardware(
              session.address(),
              "the firmware answered %s with %d bytes, not %d"
                  .formatted(request.command(), payload.remaining(), request.replyBytes())));
    }
    step.done().accept(payload);
  }
}
