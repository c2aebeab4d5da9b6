package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
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
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// One simulated chip: the same profile and seed are always the same chip, quirk for quirk.
///
/// Its arrays work side by side, as on a chip with a controller for each.
public final class SimChip implements Chip {
  private final ChipProfile profile;
  private final long seed;
  private final boolean arraysLimited;
  private final Kernels kernels;
  private final SimCrossbar[] made;
  private final List<RowDrive> drives = new ArrayList<>();
  private final ChipClock clock;
  private final Path stateFile;
  private Telemetry telemetry = Telemetry.ZERO;
  private boolean closed;

  SimChip(ChipProfile profile, long seed, ChipOptions options, Kernels kernels) {
    this.profile = profile;
    this.seed = seed;
    this.arraysLimited = options.arrays() > 0;
    this.kernels = kernels;
    this.clock = options.wallClock() ? ChipClock.wall() : ChipClock.virtual();
    this.stateFile = options.state();
    this.made = new SimCrossbar[arraysLimited ? options.arrays() : ChipPopulation.AS_NEEDED];
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
        reads.stream().map(one -> array(one.array())).toList(),
        reads.stream().map(ArrayRead::read).toList(),
        reads.stream().map(ArrayRead::amps).toList());
  }

  /// Reads arrays side by side. Arrays whose reads name the same inputs share one pass of the row converters, where those have
  /// no errors of their own.
  void readArrays(List<SimCrossbar> arrays, List<Read> reads, List<Batch> amps) {
    checkOpen();
    int[] driveOf = new int[reads.size()];
    List<Integer> drivenFirst = new ArrayList<>();
    int vectors = 0;
    for (int i = 0; i < driveOf.length; i++) {
      Read read = reads.get(i);
      arrays.get(i).checkRead(read, amps.get(i));
      vectors = Math.max(vectors, read.inputs().rows());
      driveOf[i] = driveFor(drivenFirst, reads, arrays.get(i), read);
      if (driveOf[i] == drivenFirst.size()) {
        drivenFirst.add(i);
      }
    }
    while (drives.size() < drivenFirst.size()) {
      drives.add(new RowDrive());
    }
    double limit = profile.limits().maxReadVolts();
    kernels
        .workers()
        .forEach(drivenFirst.size(), d -> reads.get(drivenFirst.get(d)).checkVolts(limit));
    long vectorNanos = 0;
    for (int i = 0; i < driveOf.length; i++) {
      double seconds = arrays.get(i).path().vectorSeconds(amps.get(i).columns());
      vectorNanos = Math.max(vectorNanos, ChipClock.nanos(seconds));
    }
    int to;
    for (int from = 0; from < vectors; from = to) {
      to = Math.min(vectors, from + refresh(arrays, vectorNanos));
      drive(drivenFirst, arrays, reads, from, to);
      sense(driveOf, arrays, reads, amps, from, to);
      clock.advance((to - from) * vectorNanos);
    }
  }

  /// Brings arrays up to date, and says for how many vectors they will stay so.
  private int refresh(List<SimCrossbar> arrays, long vectorNanos) {
    long now = clock.nanos();
    double kelvin = kelvin();
    kernels.workers().forEach(arrays.size(), i -> arrays.get(i).path().refresh(now, kelvin));
    long change = profile.ambient().nextChange(now);
    for (SimCrossbar array : arrays) {
      change = Math.min(change, array.path().nextChange());
    }
    long vectors = Math.ceilDiv(change - now, Math.max(1, vectorNanos));
    return Math.clamp(vectors, 1, RowDrive.VECTORS);
  }

  private int driveFor(List<Integer> drivenFirst, List<Read> reads, SimCrossbar array, Read read) {
    for (int d = 0; d < drivenFirst.size() && array.path().drivers() == null; d++) {
      Read other = reads.get(drivenFirst.get(d));
      if (other.inputs() == read.inputs() && other.voltsPerUnit() == read.voltsPerUnit()) {
        return d;
      }
    }
    return drivenFirst.size();
  }

  /// Converts the inputs of the vectors from `from` on.
  private void drive(
      List<Integer> drivenFirst, List<SimCrossbar> arrays, List<Read> reads, int from, int to) {
    int[] ends = new int[drivenFirst.size()];
    int blocks = 0;
    for (int d = 0; d < ends.length; d++) {
      Read read = reads.get(drivenFirst.get(d));
      ReadPath path = arrays.get(drivenFirst.get(d)).path();
      drives
          .get(d)
          .prepare(
              chunk(read.inputs(), from, to),
              read.voltsPerUnit(),
              profile.dac(),
              path.drivers(),
              path.vectors(),
              path.needsSquares());
      blocks += drives.get(d).blocks();
      ends[d] = blocks;
    }
    shareOut(ends, (d, block) -> drives.get(d).load(block));
  }

  /// Senses what the drives bring to the outputs.
  private void sense(
      int[] driveOf,
      List<SimCrossbar> arrays,
      List<Read> reads,
      List<Batch> amps,
      int from,
      int to) {
    double kelvin = kelvin();
    int count = driveOf.length;
    ReadWork[] works = new ReadWork[count];
    kernels
        .workers()
        .forEach(
            count,
            i ->
                works[i] =
                    arrays
                        .get(i)
                        .path()
                        .begin(
                            drives.get(driveOf[i]),
                            reads.get(i),
                            chunk(amps.get(i), from, to),
                            kelvin));
    int[] ends = new int[count];
    int pieces = 0;
    for (int i = 0; i < count; i++) {
      pieces += works[i].pieces();
      ends[i] = pieces;
    }
    shareOut(ends, (i, piece) -> works[i].sense(piece));
    Telemetry[] costs = new Telemetry[count];
    for (int i = 0; i < count; i++) {
      costs[i] = arrays.get(i).cost(works[i]);
    }
    chargeSideBySide(costs);
  }

  @FunctionalInterface
  private interface Piece {
    void run(int owner, int piece);
  }

  /// Shares out the pieces of several owners.
  ///
  /// @param ends pieces of each owner and those before it
  private void shareOut(int[] ends, Piece body) {
    int all = ends.length == 0 ? 0 : ends[ends.length - 1];
    kernels
        .workers()
        .forEach(
            all,
            k -> {
              int owner = 0;
              while (k >= ends[owner]) {
                owner++;
              }
              body.run(owner, owner == 0 ? k : k - ends[owner - 1]);
            });
  }

  private static Batch chunk(Batch batch, int from, int to) {
    return batch.rows(Math.min(from, batch.rows()), Math.min(to, batch.rows()));
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

  /// The temperature of the chip.
  double kelvin() {
    return profile.ambient().kelvin(clock.nanos());
  }

  /// Memory of all arrays made so far.
  public long bytes() {
    return Arrays.stream(made).filter(Objects::nonNull).mapToLong(SimCrossbar::bytes).sum();
  }

  /// The hidden truth of one array.
  public ArrayTruth truth(int array) {
    return array(array).truth();
  }

  /// Lets `seconds` pass in which nothing is asked of the chip; does nothing where the clock is the machine's own.
  public void advance(double seconds) {
    checkOpen();
    clock.advance(ChipClock.nanos(seconds));
  }

  /// Whether time passes only when the chip does something or [#advance] is called.
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

  void restore(DataInput in) throws IOException {
    clock.start(in.readLong());
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
