package org.mortal.chip.replay;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;

/// Answers as a recorded chip did, as long as it is asked the same.
///
/// The first call that differs, if only by a bit, ends with [Fault.Strayed], and so do all after it. What the chip told
/// of itself ([#telemetry]) need not be asked for again, but can be only where it was.
public final class ReplayChip implements Chip {
  private final Path file;
  private final SessionFile session;
  private final Identity identity;
  private Entry ahead;
  private Telemetry told;
  private Fault strayed;
  private boolean closed;

  /// @throws ChipException if `file` holds no session
  public ReplayChip(Path file) {
    this.file = file;
    this.session = new SessionFile(file);
    this.identity = identity();
    this.ahead = entry();
  }

  private Identity identity() {
    Map<String, Object> line = session.next();
    if (line == null) {
      throw failed("it holds no whole line of a session");
    }
    try {
      return Identity.of(line);
    } catch (RuntimeException e) {
      throw failed("it is no session: " + e.getMessage());
    }
  }

  private Entry entry() {
    Map<String, Object> line = session.next();
    try {
      return line == null ? null : Entry.of(line, identity.geometry());
    } catch (RuntimeException e) {
      throw failed("line %d is of no session: %s".formatted(session.line(), e.getMessage()));
    }
  }

  private ChipException failed(String reason) {
    session.close();
    return new ChipException(new Fault.NoBoard("replay:" + file, reason));
  }

  @Override
  public String id() {
    return identity.id();
  }

  @Override
  public String firmware() {
    return identity.firmware();
  }

  @Override
  public boolean arraysLimited() {
    return identity.arraysLimited();
  }

  @Override
  public List<Crossbar> arrays() {
    return new AbstractList<>() {
      @Override
      public Crossbar get(int index) {
        Objects.checkIndex(index, identity.arrays());
        return new ReplayCrossbar(index);
      }

      @Override
      public int size() {
        return identity.arrays();
      }
    };
  }

  @Override
  public Telemetry telemetry() {
    if (!closed && ahead instanceof Entry.Told(var telemetry)) {
      told = telemetry;
      ahead = entry();
    }
    if (told == null) {
      throw stray("telemetry is asked for, recorded was " + word(ahead));
    }
    return told;
  }

  @Override
  public void read(List<ArrayRead> reads) {
    reads.forEach(one -> one.read().checkShapes(identity.geometry(), one.amps()));
    Entry.Reads recorded = (Entry.Reads) answer(new Entry.Reads(reads, null));
    for (int i = 0; i < reads.size(); i++) {
      reads.get(i).amps().copyFrom(recorded.reads().get(i).amps());
    }
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    trains.forEach(one -> one.train().checkShape(identity.geometry()));
    answer(new Entry.Pulses(trains, null));
  }

  /// Does nothing: what comes next in the session is as old as it was.
  @Override
  public void pause(double seconds) {}

  /// Whether that of the recorded chip was, so that the same is asked of this.
  @Override
  public boolean virtualTime() {
    return identity.virtualTime();
  }

  private ProgramResult program(int array, ProgramRequest request) {
    return ((Entry.Program) answer(new Entry.Program(array, request, null, null))).result();
  }

  /// The recorded call, if it was the same as `asked`; if it ended with a fault, so does this.
  private Entry answer(Entry asked) {
    if (closed) {
      throw new ChipException(new Fault.Closed(id()));
    }
    if (strayed != null) {
      throw new ChipException(strayed);
    }
    while (ahead instanceof Entry.Told) {
      ahead = entry();
    }
    if (ahead == null) {
      throw stray("the session ends here, but a " + asked.call() + " is asked for");
    }
    Optional<String> difference = Difference.between(asked, ahead, identity.geometry());
    if (difference.isPresent()) {
      throw stray(difference.get());
    }
    Entry recorded = ahead;
    ahead = entry();
    told = null;
    if (recorded.fault() != null) {
      throw new ChipException(recorded.fault());
    }
    return recorded;
  }

  private ChipException stray(String difference) {
    strayed = new Fault.Strayed(file.toString(), session.line(), difference);
    return new ChipException(strayed);
  }

  private static String word(Entry entry) {
    return entry == null ? "the end" : "a " + entry.call();
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }

  private final class ReplayCrossbar implements Crossbar {
    private final int array;

    ReplayCrossbar(int array) {
      this.array = array;
    }

    @Override
    public Geometry geometry() {
      return identity.geometry();
    }

    @Override
    public Limits limits() {
      return identity.limits();
    }

    @Override
    public void read(Read read, Batch amps) {
      ReplayChip.this.read(List.of(new ArrayRead(array, read, amps)));
    }

    @Override
    public void pulse(PulseTrain train) {
      ReplayChip.this.pulse(List.of(new ArrayPulses(array, train)));
    }

    @Override
    public ProgramResult program(ProgramRequest request) {
      return ReplayChip.this.program(array, request);
    }
  }
}
