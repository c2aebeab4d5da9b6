package org.mortal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// Reads several arrays of a chip side by side, in pieces that the workers share out.
final class ArrayReads {
  /// Fewer are converted to volts by the caller alone.
  private static final int SHARED_VECTORS = 8;

  private final ChipProfile profile;
  private final Kernels kernels;
  private final List<RowDrive> drives = new ArrayList<>();

  ArrayReads(ChipProfile profile, Kernels kernels) {
    this.profile = profile;
    this.kernels = kernels;
  }

  /// Arrays whose reads name the same inputs share one pass of the row converters, where those have no errors of their own.
  ///
  /// @param charge told what each array has cost, once or more often
  void read(
      List<SimCrossbar> arrays, List<Read> reads, List<Batch> amps, Consumer<Telemetry[]> charge) {
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
    forEach(drivenFirst.size(), vectors, d -> reads.get(drivenFirst.get(d)).checkVolts(limit));
    for (int from = 0; from < vectors; from += RowDrive.VECTORS) {
      drive(drivenFirst, arrays, reads, from, vectors);
      charge.accept(sense(driveOf, arrays, reads, amps, from, vectors));
    }
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
      List<Integer> drivenFirst,
      List<SimCrossbar> arrays,
      List<Read> reads,
      int from,
      int vectors) {
    int[] ends = new int[drivenFirst.size()];
    int blocks = 0;
    for (int d = 0; d < ends.length; d++) {
      Read read = reads.get(drivenFirst.get(d));
      ReadPath path = arrays.get(drivenFirst.get(d)).path();
      drives
          .get(d)
          .prepare(
              chunk(read.inputs(), from),
              read.voltsPerUnit(),
              profile.dac(),
              path.drivers(),
              path.vectors(),
              profile.cells().readNoiseVaries());
      blocks += drives.get(d).blocks();
      ends[d] = blocks;
    }
    shareOut(ends, vectors, (d, block) -> drives.get(d).load(block));
  }

  /// Senses what the drives bring to the outputs, and says what it cost.
  private Telemetry[] sense(
      int[] driveOf,
      List<SimCrossbar> arrays,
      List<Read> reads,
      List<Batch> amps,
      int from,
      int vectors) {
    int count = driveOf.length;
    ReadWork[] works = new ReadWork[count];
    forEach(
        count,
        vectors,
        i ->
            works[i] =
                arrays
                    .get(i)
                    .path()
                    .begin(drives.get(driveOf[i]), reads.get(i), chunk(amps.get(i), from)));
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
      costs[i] = arrays.get(i).cost(drives.get(driveOf[i]), works[i].amps());
    }
    return costs;
  }

  @FunctionalInterface
  private interface Piece {
    void run(int owner, int piece);
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

  /// Shares out work on `vectors` vectors, or does it here where that is sooner done than a helper is woken.
  private void forEach(int count, int vectors, IntConsumer body) {
    if (vectors >= SHARED_VECTORS) {
      kernels.workers().forEach(count, body);
      return;
    }
    for (int i = 0; i < count; i++) {
      body.accept(i);
    }
  }

  private static Batch chunk(Batch batch, int from) {
    return batch.rows(
        Math.min(from, batch.rows()), Math.min(from + RowDrive.VECTORS, batch.rows()));
  }
}
