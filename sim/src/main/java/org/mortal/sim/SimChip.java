package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Kernels;
import org.mortal.sim.circuit.Wires;

/// One simulated chip: the same profile and seed are always the same chip, quirk for quirk.
///
/// Its arrays work side by side, as on a chip with a controller for each.
public final class SimChip implements Chip {
  private final ChipProfile profile;
  private final long seed;
  private final boolean arraysLimited;
  private final Kernels kernels;
  private final SimCrossbar[] made;
  private final ChipClock clock;
  private final ArrayReads reader;
  private final Path stateFile;
  private Telemetry telemetry = Telemetry.ZERO;
  private boolean closed;

  SimChip(ChipProfile profile, long seed, ChipOptions options, Kernels kernels) {
    this.profile = profile;
    this.seed = seed;
    int measured = profile.twin() == null ? 0 : profile.twin().arrays().size();
    int stated = options.arrays() > 0 ? options.arrays() : measured;
    this.arraysLimited = stated > 0;
    this.kernels = kernels;
    this.clock = options.wallClock() ? ChipClock.wall() : ChipClock.virtual();
    this.reader = new ArrayReads(profile, kernels, clock, this::chargeSideBySide);
    this.stateFile = options.state();
    this.made = new SimCrossbar[arraysLimited ? stated : ChipPopulation.AS_NEEDED];
  }

  @Override
  public String id() {
    return "%s-%dx%d-%d"
        .formatted(profile.name(), profile.geometry().rows(), profile.geometry().columns(), seed);
  }

  @Override
  public String firmware() {
    return "simulator";
  }

  public ChipProfile profile() {
    return profile;
  }

  @Override
  public List<Crossbar> arrays() {
    return new AbstractList<>() {
      @Override
      public Crossbar get(int index) {
        return array(index);
      }

      @Override
      public int size() {
        return made.length;
      }
    };
  }

  @Override
  public boolean arraysLimited() {
    return arraysLimited;
  }

  private SimCrossbar array(int index) {
    SimCrossbar array = made[index];
    if (array == null) {
      array = new SimCrossbar(this, profile, seed, index, kernels);
      made[index] = array;
    }
    return array;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public void read(List<ArrayRead> reads) {
    checkDistinct(reads.stream().map(ArrayRead::array).toList());
    readArrays(
        reads.stream()
            .map(one ->
                new ArrayReads.Job(array(one.array()), Direction.FORWARD, one.read(), one.amps()))
            .toList());
  }

  @Override
  public void readTransposed(List<ArrayColumnRead> reads) {
    checkDistinct(reads.stream().map(ArrayColumnRead::array).toList());
    readArrays(
        reads.stream()
            .map(one -> array(one.array()).transposedJob(one.read(), one.amps()))
            .toList());
  }

  /// Reads arrays side by side.
  void readArrays(List<ArrayReads.Job> jobs) {
    checkOpen();
    reader.read(jobs);
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    checkDistinct(trains.stream().map(ArrayPulses::array).toList());
    pulseArrays(
        trains.stream().map(one -> array(one.array())).toList(),
        trains.stream().map(ArrayPulses::train).toList());
  }

  /// Pulses arrays side by side.
  void pulseArrays(List<SimCrossbar> arrays, List<PulseTrain> trains) {
    checkOpen();
    Geometry geometry = profile.geometry();
    Limits limits = profile.limits();
    kernels.workers().forEach(trains.size(), i -> limits.check(geometry, trains.get(i)));
    Telemetry[] costs = new Telemetry[trains.size()];
    long now = clock.nanos();
    kernels
        .workers()
        .forEach(trains.size(), i -> costs[i] = arrays.get(i).pulseUnchecked(trains.get(i), now));
    clock.advance(ChipClock.nanos(chargeSideBySide(costs)));
  }

  private void checkDistinct(List<Integer> arrays) {
    Set<Integer> seen = new HashSet<>();
    for (int array : arrays) {
      if (!seen.add(array)) {
        throw new IllegalArgumentException("array %d is named twice in one call".formatted(array));
      }
    }
  }

  /// Adds up in the order of the call, whoever did the work, so that the last bits of the sum do not depend on it.
  ///
  /// @return the seconds of the longest
  private double chargeSideBySide(Telemetry[] costs) {
    double longest = 0;
    long reads = telemetry.arrayReads();
    long pulses = telemetry.pulses();
    long writes = telemetry.cellWrites();
    double joules = telemetry.energyJoules();
    for (Telemetry cost : costs) {
      longest = Math.max(longest, cost.busySeconds());
      reads += cost.arrayReads();
      pulses += cost.pulses();
      writes += cost.cellWrites();
      joules += cost.energyJoules();
    }
    telemetry = new Telemetry(reads, pulses, writes, joules, telemetry.busySeconds() + longest);
    return longest;
  }

  /// The chip's clock.
  long nanos() {
    return clock.nanos();
  }

  void checkOpen() {
    if (closed) {
      throw new ChipException(new Fault.Closed(id()));
    }
  }

  /// Memory of all arrays made so far.
  public long bytes() {
    return Arrays.stream(made).filter(Objects::nonNull).mapToLong(SimCrossbar::bytes).sum();
  }

  /// The hidden truth of one array.
  public ArrayTruth truth(int array) {
    return array(array).truth();
  }

  /// What a read would give to the amplifiers of an array if nothing in it were noisy, bias currents included; nothing is read,
  /// and no time passes. Where lines do not settle, they are at rest before the first vector.
  ///
  /// @return vectors x outputs, in amperes
  public double[][] truthAmps(int array, Read read) {
    return array(array).truthAmps(read);
  }

  /// The resistances of all lines at the chip's temperature.
  public Wires truthWires() {
    return profile.wiring().wires().at(profile.ambient().kelvin(clock.nanos()));
  }

  /// Lets `seconds` pass in which nothing is asked of the chip; does nothing where the clock is the machine's own.
  public void advance(double seconds) {
    checkOpen();
    clock.advance(ChipClock.nanos(seconds));
  }

  @Override
  public void pause(double seconds) {
    if (clock.isVirtual()) {
      advance(seconds);
    } else {
      checkOpen();
      Chip.waitInRealTime(seconds);
    }
  }

  /// Whether time passes only when the chip does something or [#advance] is called.
  @Override
  public boolean virtualTime() {
    return clock.isVirtual();
  }

  /// Keeps all that pulses, time and use have done to the chip, for [ChipPopulation] to make the same chip go on from here.
  ///
  /// @throws ProfileException if the file cannot be written
  public void save(Path file) {
    checkOpen();
    ChipState.save(this, file);
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(clock.nanos());
    out.writeLong(telemetry.arrayReads());
    out.writeLong(telemetry.pulses());
    out.writeLong(telemetry.cellWrites());
    out.writeDouble(telemetry.energyJoules());
    out.writeDouble(telemetry.busySeconds());
    for (int i = 0; i < made.length; i++) {
      if (made[i] != null) {
        out.writeInt(i);
        made[i].save(out);
      }
    }
    out.writeInt(-1);
  }

  /// @param shelvedNanos real time since the state was kept, which passes for a chip by the wall clock
  void restore(DataInput in, long shelvedNanos) throws IOException {
    clock.start(in.readLong() + (clock.isVirtual() ? 0 : shelvedNanos));
    telemetry =
        new Telemetry(
            in.readLong(), in.readLong(), in.readLong(), in.readDouble(), in.readDouble());
    for (int i = in.readInt(); i >= 0; i = in.readInt()) {
      array(i).restore(in);
    }
  }

  @Override
  public void close() {
    if (!closed && stateFile != null) {
      ChipState.save(this, stateFile);
    }
    closed = true;
  }
}
