package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;

/// A board at the end of a link.
///
/// What changes no cell is asked for again when the board has restarted. Pulses never are: their cells are measured, and the
/// caller is told.
final class LinkController implements Controller {
  /// A board that restarts more often within one call does not work.
  private static final int MOST_RESTARTS = 10;

  private final Session session;
  private final Greeting greeting;
  private final StoredBias bias = new StoredBias();
  private final CounterSum counters = new CounterSum();
  private int biasEpoch;
  private boolean closed;

  /// Opens a session with the board at the end of `link`.
  ///
  /// @param random for the session's number
  /// @throws ChipException if no board answers, or not one of ours; the link is closed then
  LinkController(Link link, LinkOptions options, RandomGenerator random) {
    this.session = Session.open(link, options, random);
    this.greeting = session.greeting();
    checkPayload();
  }

  /// A frame must hold one vector, and the outcome of one cell.
  private void checkPayload() {
    int needed = ReadSteps.HEAD + Float.BYTES * greeting.geometry().rows();
    int payloadMax = greeting.link().payloadMax();
    if (payloadMax < Math.max(needed, Float.BYTES * greeting.geometry().outputs())) {
      session.close();
      throw new ChipException(
          new Fault.NoBoard(
              session.address(),
              "its frames hold %d bytes, a vector of %d rows needs %d"
                  .formatted(payloadMax, greeting.geometry().rows(), needed)));
    }
  }

  @Override
  public Greeting greeting() {
    return session.greeting();
  }

  @Override
  public Optional<LinkCounters> link() {
    return Optional.of(session.counters());
  }

  @Override
  public void read(List<Chip.ArrayRead> reads) {
    repeat(() -> new ReadSteps(reads, greeting, stored()));
  }

  /// What the board keeps of bias currents: nothing after a restart.
  private StoredBias stored() {
    if (biasEpoch != session.epoch()) {
      biasEpoch = session.epoch();
      bias.forget();
    }
    return bias;
  }

  /// Does what can be done again without harm, until the board has done it without a restart.
  private void repeat(Supplier<Iterator<Step>> steps) {
    for (int restarts = 0; ; restarts++) {
      Pipeline.Result result = new Pipeline(session, session.epoch()).run(steps.get());
      if (result.report() != null) {
        bias.forget();
        throw refused(result, result.report().array(), 0);
      }
      if (result.lost() == null) {
        return;
      }
      if (!result.lost().restarted() || restarts == MOST_RESTARTS) {
        throw new ChipException(result.lost().fault());
      }
    }
  }

  private void repeat(Step step) {
    repeat(() -> List.of(step).iterator());
  }

  private ChipException refused(Pipeline.Result result, int array, long pulsesBefore) {
    return new ChipException(
        result
            .report()
            .to(array)
            .toFault(session.address(), result.refused(), greeting.geometry(), pulsesBefore));
  }

  @Override
  public void pulse(List<Chip.ArrayPulses> trains) {
    for (Chip.ArrayPulses one : trains) {
      PulseSteps steps = new PulseSteps(one.array(), one.train(), greeting.link().payloadMax());
      Pipeline.Result result = new Pipeline(session, session.epoch()).run(steps);
      if (result.lost() != null) {
        int[] cells = Arrays.copyOf(steps.touched(), steps.cellsSent());
        throw unknown(result.lost(), one.array(), cells);
      }
      if (result.report() != null) {
        throw refused(result, one.array(), steps.pulses());
      }
    }
  }

  @Override
  public ProgramResult program(int array, ProgramRequest request) {
    ProgramSteps steps = new ProgramSteps(array, request, greeting);
    Pipeline.Result result = new Pipeline(session, session.epoch()).run(steps);
    if (result.lost() != null) {
      throw unknown(result.lost(), array, IntStream.range(0, steps.cellsSent()).toArray());
    }
    if (result.report() != null) {
      throw refused(result, array, steps.pulses());
    }
    return steps.result();
  }

  /// Measures what may have been written, once the board is back.
  private ChipException unknown(Reply.Lost lost, int array, int[] cells) {
    float[] siemens = {};
    if (lost.restarted()) {
      try {
        siemens = new CellReader(this, array).measure(cells);
      } catch (ChipException e) {
        // The fault that is thrown says that nothing was measured.
        siemens = new float[0];
      }
    }
    return new ChipException(
        new Fault.UnknownOutcome(session.address(), lost.cause(), array, cells, siemens));
  }

  @Override
  public Counters counters() {
    int epoch = session.epoch();
    repeat(
        new Step(
            Request.of(Command.COUNTERS, Counters.bytes(CounterName.values().length)),
            reply -> counters.take(Counters.parse(reply), epoch)));
    return counters.total();
  }

  @Override
  public void stop() {
    session.stop();
  }

  @Override
  public void resume() {
    repeat(new Step(Request.of(Command.RESUME, 0), reply -> session.resumed()));
  }

  @Override
  public void set(Setting setting, String value) {
    ByteBuffer payload = setting.payload(value);
    repeat(
        new Step(new Request(Command.SETTING_SET, payload, 0, Request.SHORT_MILLIS), reply -> {}));
    session.greetAgain();
  }

  /// Not asked for again when it is lost: a board that has restarted has done what it should.
  @Override
  public void restart() {
    int epoch = session.epoch();
    Step step = new Step(Request.of(Command.RESET, 0), reply -> {});
    Pipeline.Result result = new Pipeline(session, epoch).run(List.of(step).iterator());
    if (result.report() != null) {
      throw refused(result, result.report().array(), 0);
    }
    if (result.lost() != null && !result.lost().restarted()) {
      throw new ChipException(result.lost().fault());
    }
    session.awaitRestart(epoch);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
    }
  }
}
