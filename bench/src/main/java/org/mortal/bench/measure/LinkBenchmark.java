package org.mortal.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.board.Boards;
import org.mortal.chip.board.Link;
import org.mortal.chip.board.LinkCounters;
import org.mortal.chip.board.LinkOptions;
import org.mortal.chip.board.NativeLink;
import org.mortal.chip.board.ThrottledLink;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Times batches of reads through real firmware on a simulated serial line, against what the line can carry.
///
/// The line's limit for a batch is the time that all its bytes take, framing among them but no frame sent again, in the
/// direction that has more of them. Beside it the same batch with one frame under way at a time, as most lab instruments do it.
public final class LinkBenchmark {
  private static final int BITS_PER_BYTE = 10;
  private static final double READ_PART = 0.5;
  private static final int WARM_UP_VECTORS = 16;

  private final Path library;
  private final Chip chip;
  private final int baud;
  private final int vectors;
  private final long seed;

  /// @param library the firmware
  /// @param chip below the firmware
  /// @param vectors in a batch
  public LinkBenchmark(Path library, Chip chip, int baud, int vectors, long seed) {
    this.library = library;
    this.chip = chip;
    this.baud = baud;
    this.vectors = vectors;
    this.seed = seed;
  }

  /// @param roundTripMillis latency of the line, both ways together
  /// @param bytesOut framed bytes to the board, for a batch
  /// @param bytesIn framed bytes from it
  /// @param payloadShare what framing leaves of the busier direction
  /// @param used share of the line's time that was used, the median of the rounds
  /// @param worst the worst round
  /// @param stopAndWait the same with one frame at a time
  /// @param vectorsPerSecond through the window
  /// @param retries frames sent again in all rounds, though the line loses none
  public record Row(
      double roundTripMillis,
      long bytesOut,
      long bytesIn,
      double payloadShare,
      double used,
      double worst,
      double stopAndWait,
      double vectorsPerSecond,
      long retries) {}

  /// Measures at one latency.
  ///
  /// @param step called after each round
  public Row run(double roundTripMillis, int rounds, Runnable step) {
    List<Sample> windowed = samples(roundTripMillis, rounds, LinkOptions.STANDARD, step);
    List<Sample> single =
        samples(roundTripMillis, 1, LinkOptions.STANDARD.withMostInFlight(1), step);
    // The least of all rounds: whatever is more was sent again.
    List<Sample> all = Stream.concat(windowed.stream(), single.stream()).toList();
    long out = all.stream().mapToLong(Sample::bytesOut).min().orElseThrow();
    long in = all.stream().mapToLong(Sample::bytesIn).min().orElseThrow();
    double line = (double) Math.max(out, in) * BITS_PER_BYTE / baud;
    double[] seconds = windowed.stream().mapToDouble(Sample::seconds).sorted().toArray();
    double median = seconds[seconds.length / 2];
    // One byte for a row and two for an output, as hfox's converters have it.
    Geometry geometry = chip.arrays().getFirst().geometry();
    long payload = (long) vectors * (out >= in ? geometry.rows() : 2 * geometry.outputs());
    return new Row(
        roundTripMillis,
        out,
        in,
        (double) payload / Math.max(out, in),
        line / median,
        line / seconds[seconds.length - 1],
        line / single.getFirst().seconds(),
        vectors / median,
        windowed.stream().mapToLong(Sample::retries).sum());
  }

  private record Sample(long bytesOut, long bytesIn, long retries, double seconds) {}

  private List<Sample> samples(
      double roundTripMillis, int rounds, LinkOptions options, Runnable step) {
    Backplane backplane = new Backplane(chip, EmulatedBoard.converters(chip), seed);
    Link inside = NativeLink.open(library, backplane);
    ThrottledLink line = new ThrottledLink(inside, baud, (long) (1e6 * roundTripMillis));
    List<Sample> samples = new ArrayList<>();
    try (BoardChip board = Boards.open(line, options, seed)) {
      Crossbar crossbar = board.arrays().getFirst();
      read(crossbar, inputs(crossbar, WARM_UP_VECTORS));
      Batch inputs = inputs(crossbar, vectors);
      for (int round = 0; round < rounds; round++) {
        samples.add(sample(board, inputs));
        step.run();
      }
    }
    return samples;
  }

  private static Sample sample(BoardChip board, Batch inputs) {
    LinkCounters before = board.link().orElseThrow();
    long start = System.nanoTime();
    read(board.arrays().getFirst(), inputs);
    double seconds = (System.nanoTime() - start) / 1e9;
    LinkCounters after = board.link().orElseThrow();
    return new Sample(
        after.bytesOut() - before.bytesOut(),
        after.bytesIn() - before.bytesIn(),
        after.retries() - before.retries(),
        seconds);
  }

  private static void read(Crossbar crossbar, Batch inputs) {
    Read read = new Read(inputs, crossbar.limits().maxReadVolts(), null, Read.Sense.ALL);
    crossbar.read(read, Batch.zeros(inputs.rows(), crossbar.geometry().outputs()));
  }

  private Batch inputs(Crossbar crossbar, int rows) {
    Philox random = new Philox(Philox.key(seed));
    float[][] values = new float[rows][crossbar.geometry().rows()];
    for (float[] row : values) {
      for (int r = 0; r < row.length; r++) {
        row[r] = (float) READ_PART * random.nextFloat();
      }
    }
    return Batch.of(values);
  }
}
