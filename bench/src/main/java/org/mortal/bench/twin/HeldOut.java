package org.mortal.bench.twin;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Crossbar;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.ChipPopulation;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.SimChip;

/// Reads, pulses and waits that a twin was not fitted to, on the chip and on the twin.
final class HeldOut {
  private static final int VECTORS = 256;
  private static final int READS = 8;
  private static final int ROUNDS = 4;

  /// Most pulses to a cell at once, as part of its window.
  private static final double LONGEST = 0.1;

  /// Twins whose mean is what a twin foretells.
  private static final int TWINS = 8;

  /// Held-out moments, as parts of the longest wait.
  private static final double[] WAITS = {1.0 / 20, 1.0 / 3};

  private final ChipProfile twin;
  private final Kernels kernels;
  private final MeasuredArray measured;
  private final ArrayMeter meter;
  private final int place;

  /// Of a cell as it was read last between pulses.
  private double readVariance;

  /// @param place of the array among the twin's
  HeldOut(ChipProfile twin, Kernels kernels, MeasuredArray measured, int place) {
    this.twin = twin;
    this.kernels = kernels;
    this.measured = measured;
    this.meter = measured.meter();
    this.place = place;
  }

  /// @param off root mean square of what the twin does not foretell
  /// @param floor what nobody could
  /// @param twin what nobody could foretell of the twin; the same as the floor where its noise is right
  record Rest(double off, double floor, double twin) {
    double ratio() {
      return off / floor;
    }
  }

  /// Random vectors as they were never read, as the amplifiers show them.
  Rest reads() {
    Philox random = measured.random();
    float[][] shares = meter.random(VECTORS, meter.range(random), random);
    Batch inputs = Batch.zeros(VECTORS, meter.geometry().rows());
    for (int n = 0; n < VECTORS; n++) {
      for (int r = 0; r < shares[n].length; r++) {
        inputs.set(n, r, (float) (shares[n][r] * meter.limits().maxReadVolts()));
      }
    }
    float[][] foretold = quiet().arrays().get(place).read(inputs).toArrays();
    SimChip noisy = new ChipPopulation(twin).chip(1, kernels);
    float[][][] shown = repeats(measured.shown(), inputs);
    float[][][] twins = repeats(noisy.arrays().get(place), inputs);
    double off = 0;
    double scatter = 0;
    double twinScatter = 0;
    for (int n = 0; n < VECTORS; n++) {
      for (int j = 0; j < foretold[n].length; j++) {
        for (float[][] one : shown) {
          off += Math.pow(one[n][j] - foretold[n][j], 2) / READS;
        }
        scatter += variance(shown, mean(shown, n, j), n, j);
        twinScatter += variance(twins, mean(twins, n, j), n, j);
      }
    }
    double count = (double) VECTORS * foretold[0].length;
    return new Rest(
        Math.sqrt(off / count), Math.sqrt(scatter / count), Math.sqrt(twinScatter / count));
  }

  private static float[][][] repeats(Crossbar crossbar, Batch inputs) {
    float[][][] shown = new float[READS][][];
    for (int k = 0; k < READS; k++) {
      shown[k] = crossbar.read(inputs).toArrays();
    }
    return shown;
  }

  private SimChip quiet() {
    return new ChipPopulation(TwinProfile.quiet(twin)).chip(1, kernels);
  }

  private List<SimChip> twins() {
    List<SimChip> twins = new ArrayList<>();
    for (int seed = 1; seed <= TWINS; seed++) {
      twins.add(new ChipPopulation(twin).chip(seed, kernels));
    }
    return twins;
  }

  /// Pulses up and down, each cell its own number of them, again and again.
  Rest pulses() {
    int[][] counts = counts();
    float[][][] up = new float[ROUNDS][][];
    float[][][] down = new float[ROUNDS][][];
    float[][] before = read();
    for (int round = 0; round < ROUNDS; round++) {
      meter.pulse(counts);
      float[][] between = read();
      up[round] = difference(between, before);
      meter.pulse(negative(counts));
      before = read();
      down[round] = difference(before, between);
    }
    float[][][] twinUp = new float[ROUNDS * TWINS][][];
    float[][][] twinDown = new float[ROUNDS * TWINS][][];
    int k = 0;
    for (SimChip one : twins()) {
      float[][] state = truth(one);
      for (int round = 0; round < ROUNDS; round++, k++) {
        pulse(one, counts);
        float[][] between = truth(one);
        twinUp[k] = difference(between, state);
        pulse(one, negative(counts));
        state = truth(one);
        twinDown[k] = difference(state, between);
      }
    }
    return sum(rest(up, twinUp), rest(down, twinDown));
  }

  private float[][] read() {
    CellReads cells = meter.cells(measured.effort().readsBetweenPulses());
    readVariance = cells.meanVariance();
    return cells.siemens();
  }

  private int[][] counts() {
    double steps = meter.limits().windowSiemens() / meter.limits().write().stepSiemens();
    int most = (int) Math.max(1, LONGEST * steps);
    int[][] counts = new int[meter.geometry().rows()][meter.geometry().columns()];
    for (int[] row : counts) {
      for (int c = 0; c < row.length; c++) {
        row[c] = 1 + measured.random().nextInt(most);
      }
    }
    return counts;
  }

  private static int[][] negative(int[][] counts) {
    int[][] negative = new int[counts.length][counts[0].length];
    for (int r = 0; r < counts.length; r++) {
      for (int c = 0; c < counts[r].length; c++) {
        negative[r][c] = -counts[r][c];
      }
    }
    return negative;
  }

  private void pulse(SimChip chip, int[][] counts) {
    Crossbar crossbar = chip.arrays().get(place);
    new ArrayMeter(crossbar).pulse(counts);
  }

  private float[][] truth(SimChip chip) {
    double[][] siemens = chip.truth(place).siemens();
    float[][] copy = new float[siemens.length][siemens[0].length];
    for (int r = 0; r < copy.length; r++) {
      for (int c = 0; c < copy[r].length; c++) {
        copy[r][c] = (float) siemens[r][c];
      }
    }
    return copy;
  }

  private static float[][] difference(float[][] after, float[][] before) {
    float[][] difference = new float[after.length][after[0].length];
    for (int r = 0; r < after.length; r++) {
      for (int c = 0; c < after[r].length; c++) {
        difference[r][c] = after[r][c] - before[r][c];
      }
    }
    return difference;
  }

  /// How far the chip's rounds are from the mean of the twins', and from their own mean.
  private Rest rest(float[][][] chip, float[][][] twins) {
    double off = 0;
    double scatter = 0;
    double twinScatter = 0;
    int rows = chip[0].length;
    int columns = chip[0][0].length;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double foretold = mean(twins, r, c);
        double mean = mean(chip, r, c);
        double twin = variance(twins, foretold, r, c);
        twinScatter += chip.length * (twin + 2 * readVariance);
        // The mean of some twins is not quite that of all.
        off -= chip.length * twin / twins.length;
        for (float[][] round : chip) {
          off += Math.pow(round[r][c] - foretold, 2);
        }
        scatter += chip.length * variance(chip, mean, r, c);
      }
    }
    double count = (double) chip.length * rows * columns;
    return new Rest(
        Math.sqrt(Math.max(0, off) / count),
        Math.sqrt(scatter / count),
        Math.sqrt(twinScatter / count));
  }

  private static double mean(float[][][] rounds, int row, int column) {
    double sum = 0;
    for (float[][] round : rounds) {
      sum += round[row][column];
    }
    return sum / rounds.length;
  }

  private static double variance(float[][][] rounds, double mean, int row, int column) {
    double sum = 0;
    for (float[][] round : rounds) {
      sum += Math.pow(round[row][column] - mean, 2);
    }
    return sum / (rounds.length - 1);
  }

  private static Rest sum(Rest one, Rest other) {
    return new Rest(
        Math.hypot(one.off, other.off),
        Math.hypot(one.floor, other.floor),
        Math.hypot(one.twin, other.twin));
  }

  /// How far cells have gone at held-out moments after pulses, and how far twins go.
  Rest times() {
    double[] seconds = WAITS.clone();
    for (int k = 0; k < seconds.length; k++) {
      seconds[k] *= measured.effort().waitSeconds();
    }
    WaitTrial trial = measured.waitTrial(seconds);
    double went = 0;
    double go = 0;
    int count = 0;
    List<SimChip> twins = twins();
    for (SimChip one : twins) {
      write(one, trial.written().siemens());
      one.advance(Math.max(0, trial.writtenSeconds() - one.telemetry().busySeconds()));
    }
    float[][][] start = twins.stream().map(this::truth).toArray(float[][][]::new);
    double before = trial.writtenSeconds();
    for (WaitTrial.Moment moment : trial.moments()) {
      double noise = trial.written().meanVariance() + moment.cells().meanVariance();
      went += meanSquare(difference(moment.cells().siemens(), trial.written().siemens()));
      for (int k = 0; k < TWINS; k++) {
        twins.get(k).advance(moment.seconds() - before);
        go += (meanSquare(difference(truth(twins.get(k)), start[k])) + noise) / TWINS;
      }
      before = moment.seconds();
      count++;
    }
    return new Rest(Math.sqrt(went / count), Math.sqrt(go / count), Math.sqrt(go / count));
  }

  /// Brings a twin near to conductances, by pulses.
  private void write(SimChip chip, float[][] siemens) {
    float[][] now = truth(chip);
    int[][] counts = new int[now.length][now[0].length];
    for (int r = 0; r < now.length; r++) {
      for (int c = 0; c < now[r].length; c++) {
        double pulses = (siemens[r][c] - now[r][c]) / measured.steps().stepSiemens()[r][c];
        counts[r][c] = Math.abs(pulses) < 1 ? 1 : (int) Math.round(pulses);
      }
    }
    pulse(chip, counts);
  }

  private double meanSquare(float[][] values) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        if (!measured.windows().frozen()[r][c]) {
          sum += values[r][c] * values[r][c];
          count++;
        }
      }
    }
    return sum / count;
  }
}
