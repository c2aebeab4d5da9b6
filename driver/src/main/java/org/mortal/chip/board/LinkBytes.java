package org.mortal.chip.board;

import org.mortal.chip.PulseTrain;

/// How many bytes calls take on a board's link, both ways, framing among them, as long as nothing is sent again: known before
/// any call is made.
///
/// What a frame is lengthened by when it has hardly a zero byte in it, 1 in 254, is left out; so are the signs of life of
/// long jobs.
///
/// @param payloadMax of a frame
/// @param inputBytes for the voltage of a row
/// @param outputBytes for the current of an output
public record LinkBytes(int payloadMax, int inputBytes, int outputBytes) {
  /// Boards as the firmware is built, with drivers of at most 8 bits.
  public static final LinkBytes USUAL = new LinkBytes(2048, Format.U8.bytes(), Format.I16.bytes());

  /// Both frames of a command and its reply, without payloads.
  private static final int FRAMES = 2 * Frame.CREDIT;

  static LinkBytes of(Greeting greeting) {
    return new LinkBytes(
        greeting.link().payloadMax(),
        ReadSteps.inputs(greeting.converters()).bytes(),
        ReadSteps.outputs(greeting.converters()).bytes());
  }

  /// Reads of one array in one batch, without bias currents.
  ///
  /// @param lines that are driven: columns of the batch
  /// @param outputs that are asked for
  public long read(long vectors, int lines, int outputs) {
    long request = (long) lines * inputBytes;
    long reply = (long) outputs * outputBytes;
    long fitting =
        Math.max(1, Math.min((payloadMax - ReadSteps.HEAD) / request, payloadMax / reply));
    return Math.ceilDiv(vectors, fitting) * (ReadSteps.HEAD + FRAMES) + vectors * (request + reply);
  }

  /// A train of pulses.
  public long pulse(PulseTrain train) {
    PulseSteps steps = new PulseSteps(0, train, payloadMax);
    long bytes = 0;
    while (steps.hasNext()) {
      bytes += bytes(steps.next().request());
    }
    return bytes;
  }

  /// What the board has counted.
  public long telemetry() {
    return FRAMES + Counters.bytes(CounterName.values().length);
  }

  /// The beginning of a session.
  public long opening() {
    return Outgoing.hello(0, 0).length + Greeting.BYTES + Frame.CREDIT + telemetry();
  }

  private static long bytes(Request request) {
    return FRAMES + request.payload().remaining() + request.replyBytes();
  }
}
