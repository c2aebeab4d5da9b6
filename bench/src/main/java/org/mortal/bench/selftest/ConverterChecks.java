package org.mortal.bench.selftest;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.Units;
import org.mortal.bench.selftest.ArrayProbe.Outputs;
import org.mortal.chip.Read;

/// Whether rows and outputs convert: offset, noise, a ramp of voltages, a bias.
final class ConverterChecks {
  private static final int QUIET_READS = 64;
  private static final int RAMP_STEPS = 16;
  private static final int RAMP_READS = 16;

  /// Offsets and noise beyond these parts of full scale leave too little of it.
  private static final double OFFSET_LIMIT = 0.25;

  private static final double NOISE_LIMIT = 0.05;

  /// Gains of sound amplifiers differ by less.
  private static final double LEAST_GAIN = 0.4;

  private static final double MOST_GAIN = 1.6;

  /// The least rise of a ramp, as part of what the cells' nominal conductances give.
  private static final double LEAST_RISE = 0.25;

  /// Standard errors that a ramp may fall from one step to the next.
  private static final double SIGMAS = 6;

  private final ArrayProbe probe;
  private final int array;
  private final Outputs quiet;

  ConverterChecks(ArrayProbe probe, int array) {
    this.probe = probe;
    this.array = array;
    this.quiet = probe.quiet(0, QUIET_READS);
  }

  /// The usual noise of one read of one output, in amperes, of the driven cells too.
  double noiseAmps() {
    boolean[] first = new boolean[probe.geometry().rows()];
    first[0] = true;
    double most = Quantiles.of(quiet.deviation(), 0.5);
    for (Read.Sense half : probe.halves()) {
      Outputs driven = probe.read(first, 1, 0, half, QUIET_READS);
      most = Math.max(most, Quantiles.of(driven.deviation(), 0.5));
    }
    return most;
  }

  /// What can be said without any cell.
  List<Check> withoutCells() {
    double fullScale = probe.limits().fullScaleAmps();
    int farthest = highest(Arrays.stream(quiet.mean()).map(Math::abs).toArray());
    int noisiest = highest(quiet.deviation());
    Check offset =
        Check.atMost(
            "offset",
            array,
            Math.abs(quiet.mean()[farthest]),
            OFFSET_LIMIT * fullScale,
            "%s at output %d without a voltage"
                .formatted(Units.format(quiet.mean()[farthest], "A"), farthest));
    Check noise =
        Check.atMost(
            "noise",
            array,
            quiet.deviation()[noisiest],
            NOISE_LIMIT * fullScale,
            "%s at output %d from read to read, %s at most"
                .formatted(
                    Units.format(quiet.deviation()[noisiest], "A"),
                    noisiest,
                    Units.format(NOISE_LIMIT * fullScale, "A")));
    return probe.limits().maxBiasAmps() > 0
        ? List.of(offset, noise, bias())
        : List.of(offset, noise);
  }

  private Check bias() {
    double amps = Math.min(probe.limits().maxBiasAmps(), probe.limits().fullScaleAmps() / 2);
    double[] up = probe.quiet(amps, RAMP_READS).mean();
    double[] down = probe.quiet(-amps, RAMP_READS).mean();
    return count(
        "bias",
        j -> {
          double gain = (up[j] - down[j]) / (2 * amps);
          return !(gain > LEAST_GAIN && gain < MOST_GAIN);
        },
        "outputs that do not follow a bias of ±" + Units.format(amps, "A"));
  }

  /// Whether currents follow the row voltage on the rows of `driven`, each with cells of at least `siemens`.
  Check ramp(boolean[] driven, double siemens) {
    int rows = (int) IntStream.range(0, driven.length).filter(r -> driven[r]).count();
    double least =
        LEAST_RISE * Math.min(rows * siemens * volts(), probe.limits().fullScaleAmps() / 2);
    boolean[] follows = new boolean[quiet.mean().length];
    for (Read.Sense half : probe.halves()) {
      int sign = half == Read.Sense.MINUS ? -1 : 1;
      double[][] ramp = new double[RAMP_STEPS + 1][];
      for (int step = 0; step <= RAMP_STEPS; step++) {
        double share = (double) step / RAMP_STEPS;
        ramp[step] = probe.read(driven, share, 0, half, RAMP_READS).mean();
      }
      for (int j = 0; j < follows.length; j++) {
        follows[j] |= rows > 0 && rises(ramp, j, sign, least);
      }
    }
    return count(
        "ramp",
        j -> !follows[j],
        "outputs that do not rise with the voltage on %d rows".formatted(rows));
  }

  private boolean rises(double[][] ramp, int output, int sign, double least) {
    double fall =
        SIGMAS * Quantiles.of(quiet.deviation(), 0.5) * Math.sqrt(2.0 / RAMP_READS) + least / 50;
    for (int step = 1; step <= RAMP_STEPS; step++) {
      if (sign * (ramp[step][output] - ramp[step - 1][output]) < -fall) {
        return false;
      }
    }
    return sign * (ramp[RAMP_STEPS][output] - ramp[0][output]) >= least;
  }

  private double volts() {
    return probe.limits().maxReadVolts();
  }

  private Check count(String name, IntPredicate bad, String what) {
    int[] found = IntStream.range(0, quiet.mean().length).filter(bad).toArray();
    return Check.atMost(name, array, found.length, 0, Places.describe(found, what));
  }

  private static int highest(double[] values) {
    int at = 0;
    for (int j = 1; j < values.length; j++) {
      at = values[j] > values[at] ? j : at;
    }
    return at;
  }
}
