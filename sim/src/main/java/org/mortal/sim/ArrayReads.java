package org.mortal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// Reads arrays of one chip side by side.
///
/// Arrays whose reads name the same inputs share one pass of the row converters ([RowDrive]), where those have no errors of their
/// own. A batch is cut where time will have changed what cells conduct, so that each part of it meets one map.
final class ArrayReads {

  /// One array's part of a call, all of which go in one direction.
  ///
  /// @param read in a transposed read, its inputs drive the columns
  record Job(SimCrossbar array, Direction direction, Read read, Batch amps) {
    private ReadPath path() {
      return array.path(direction);
    }

    private boolean hasInputsOf(Job other) {
      return read.inputs() == other.read.inputs()
          && read.voltsPerUnit() == other.read.voltsPerUnit();
    }

    private void checkVolts(double limit) {
      direction.checkVolts(read, limit);
    }

    private long vectorNanos() {
      return ChipClock.nanos(path().vectorSeconds(amps.columns()));
    }
  }

  @FunctionalInterface
  private interface Piece {
    void run(int owner, int piece);
  }

  /// Fewer are brought to volts sooner than a helper is woken.
  private static final int SHARED_VECTORS = 8;

  private final ChipProfile profile;
  private final Kernels kernels;
  private final ChipClock clock;
  private final Consumer<Telemetry[]> bill;
  private final List<RowDrive> drives = new ArrayList<>();

  /// @param bill gets what each array's part of a batch has cost, side by side
  ArrayReads(ChipProfile profile, Kernels kernels, ChipClock clock, Consumer<Telemetry[]> bill) {
    this.profile = profile;
    this.kernels = kernels;
    this.clock = clock;
    this.bill = bill;
  }

  /// Checks all, then reads all.
  void read(List<Job> jobs) {
    int[] driveOf = new int[jobs.size()];
    List<Job> driven = new ArrayList<>();
    int vectors = 0;
    long vectorNanos = 0;
    for (int i = 0; i < driveOf.length; i++) {
      Job job = jobs.get(i);
      job.path().check(job.read(), job.amps());
      vectors = Math.max(vectors, job.read().inputs().rows());
      vectorNanos = Math.max(vectorNanos, job.vectorNanos());
      driveOf[i] = driveFor(job, driven);
      if (driveOf[i] == driven.size()) {
        driven.add(job);
      }
    }
    while (drives.size() < driven.size()) {
      drives.add(new RowDrive());
    }
    double limit = profile.limits().maxReadVolts();
    forEach(driven.size(), vectors, d -> driven.get(d).checkVolts(limit));
    int to;
    for (int from = 0; from < vectors; from = to) {
      to = Math.min(vectors, from + refresh(jobs, vectorNanos));
      drive(driven, from, to);
      sense(jobs, driveOf, from, to);
      clock.advance((to - from) * vectorNanos);
    }
  }

  /// The number of the drive whose row voltages serve this job; one more than there are if it needs its own.
  private static int driveFor(Job job, List<Job> driven) {
    boolean shares = job.path().drivers() == null;
    for (int d = 0; d < driven.size() && shares; d++) {
      if (job.hasInputsOf(driven.get(d))) {
        return d;
      }
    }
    return driven.size();
  }

  /// Brings arrays up to date, and says for how many vectors they will stay so.
  private int refresh(List<Job> jobs, long vectorNanos) {
    long now = clock.nanos();
    double kelvin = profile.ambient().kelvin(now);
    // Mostly there is nothing to do, for which no helper is woken.
    List<ReadPath> due =
        jobs.stream().map(job -> job.path()).filter(path -> path.isDue(now, kelvin)).toList();
    kernels.workers().forEach(due.size(), i -> due.get(i).refresh(now, kelvin));
    long change = profile.ambient().nextChange(now);
    for (Job job : jobs) {
      change = Math.min(change, job.path().nextChange());
    }
    long vectors = Math.ceilDiv(change - now, Math.max(1, vectorNanos));
    return Math.clamp(vectors, 1, RowDrive.VECTORS);
  }

  /// Converts the inputs of vectors `from` to `to`, once for each drive.
  private void drive(List<Job> driven, int from, int to) {
    int[] ends = new int[driven.size()];
    int blocks = 0;
    for (int d = 0; d < ends.length; d++) {
      Read read = driven.get(d).read();
      ReadPath path = driven.get(d).path();
      drives
          .get(d)
          .prepare(
              part(read.inputs(), from, to),
              read.voltsPerUnit(),
              profile.dac(),
              path.drivers(),
              path.vectors(),
              path.needsSquares(),
              driven.get(d).direction() == Direction.TRANSPOSED);
      blocks += drives.get(d).blocks();
      ends[d] = blocks;
    }
    shareOut(ends, to - from, (d, block) -> drives.get(d).load(block));
  }

  /// Senses what the drives bring to the outputs.
  private void sense(List<Job> jobs, int[] driveOf, int from, int to) {
    double kelvin = profile.ambient().kelvin(clock.nanos());
    int count = driveOf.length;
    ReadWork[] works = new ReadWork[count];
    // Where each vector is a circuit of its own, this is where it is solved.
    int weight = jobs.getFirst().path().linear() ? to - from : SHARED_VECTORS;
    forEach(
        count,
        weight,
        i -> {
          Job job = jobs.get(i);
          RowDrive drive = drives.get(driveOf[i]);
          works[i] =
              job.path()
                  .begin(drive, part(job.read(), from, to), part(job.amps(), from, to), kelvin);
        });
    int[] ends = new int[count];
    int pieces = 0;
    for (int i = 0; i < count; i++) {
      pieces += works[i].pieces();
      ends[i] = pieces;
    }
    // Each piece is a product, which is worth a helper even for one vector.
    shareOut(ends, SHARED_VECTORS, (i, piece) -> works[i].sense(piece));
    Telemetry[] costs = new Telemetry[count];
    for (int i = 0; i < count; i++) {
      costs[i] = jobs.get(i).path().cost(works[i]);
    }
    bill.accept(costs);
  }

  /// Shares out the pieces of several owners.
  ///
  /// @param ends pieces of each owner and those before it
  private void shareOut(int[] ends, int vectors, Piece body) {
    int all = ends.length == 0 ? 0 : ends[ends.length - 1];
    forEach(
        all,
        vectors,
        k -> {
          int owner = 0;
          while (k >= ends[owner]) {
            owner++;
          }
          body.run(owner, owner == 0 ? k : k - ends[owner - 1]);
        });
  }

  /// Shares out work on so many vectors, or does it here.
  private void forEach(int count, int vectors, IntConsumer body) {
    if (vectors >= SHARED_VECTORS) {
      kernels.workers().forEach(count, body);
      return;
    }
    for (int i = 0; i < count; i++) {
      body.accept(i);
    }
  }

  /// Of a batch, which may be shorter than others, the vectors `from` to `to`.
  private static Batch part(Batch batch, int from, int to) {
    return batch.rows(Math.min(from, batch.rows()), Math.min(to, batch.rows()));
  }

  private static Read part(Read read, int from, int to) {
    int vectors = read.inputs().rows();
    return read.vectors(Math.min(from, vectors), Math.min(to, vectors));
  }
}
