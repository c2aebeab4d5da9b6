package org.mortal.sim;

import java.util.Arrays;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;

/// One simulated array: row converters, cells, sense amplifiers.
///
/// A batch of reads is one product with the cells' signal matrix. The noise of all cells that meet at an output is one
/// normal number with the variance `Σ v² σ²`: exact in distribution, with one draw for each output and not for each
/// cell. Where σ is the same for all cells that sum needs no second product.
///
/// Noise is addressed by the running number of the vector, so the same reads give the same bits however they are
/// batched and on whatever thread.
public final class SimCrossbar implements Crossbar {
  /// Vectors worked on together: their intermediate matrices stay in a core's own cache.
  private static final int CHUNK = 256;

  private final ChipProfile profile;
  private final Geometry geometry;
  private final Limits limits;
  private final Kernels kernels;
  private final SimChip chip;
  private final CellArray cells;
  private final long readKey;
  private final float[] gains;
  private final float[] offsets;
  private long vectors;

  SimCrossbar(SimChip chip, ChipProfile profile, long seed, int array, Kernels kernels) {
    this.chip = chip;
    this.profile = profile;
    this.geometry = profile.geometry();
    this.limits = profile.limits();
    this.kernels = kernels;
    this.cells = new CellArray(profile, seed, array, kernels.normals());
    this.readKey = Stream.READ.key(seed, array);
    this.gains = new float[geometry.outputs()];
    this.offsets = new float[geometry.outputs()];
    Philox random = new Philox(Stream.AMPLIFIER.key(seed, array));
    for (int j = 0; j < gains.length; j++) {
      gains[j] = (float) (1 + profile.sense().gainSpread() * (2 * random.nextDouble() - 1));
      offsets[j] = (float) (profile.sense().offsetAmps() * random.nextGaussian());
    }
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void read(Read read, Batch amps) {
    chip.checkOpen();
    checkRead(read, amps);
    chip.charge(readUnchecked(read, amps));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.checkOpen();
    limits.check(geometry, train);
    chip.charge(pulseUnchecked(train));
  }

  /// Refuses what must not be read, before anything has been.
  void checkRead(Read read, Batch amps) {
    read.checkShapes(geometry, amps);
    float[] row = new float[read.inputs().columns()];
    float limit = (float) limits.maxReadVolts();
    for (int n = 0; n < read.inputs().rows(); n++) {
      read.inputs().getRow(n, row);
      float least = 0;
      float most = 0;
      for (float unit : row) {
        least = Math.min(least, unit);
        most = Math.max(most, unit);
      }
      // Written so that NaN is refused too.
      if (!(least * read.voltsPerUnit() >= 0 && (float) (most * read.voltsPerUnit()) <= limit)) {
        refuseRow(row, read.voltsPerUnit(), limit);
      }
    }
    if (read.biasAmps() != null) {
      for (int j = 0; j < read.biasAmps().columns(); j++) {
        float bias = read.biasAmps().get(0, j);
        if (!(Math.abs(bias) <= (float) limits.maxBiasAmps())) {
          throw new ChipException(
              new Fault.OutOfLimits("bias current", bias, limits.maxBiasAmps(), "A", "output " + j));
        }
      }
    }
  }

  private static void refuseRow(float[] row, double scale, float limit) {
    for (int i = 0; i < row.length; i++) {
      float volts = (float) (row[i] * scale);
      if (!(volts >= 0 && volts <= limit)) {
        double crossed = volts < 0 ? 0 : limit;
        throw new ChipException(
            new Fault.OutOfLimits("row voltage", volts, crossed, "V", "row " + i));
      }
    }
  }

  /// Reads, and says what it cost.
  Telemetry readUnchecked(Read read, Batch amps) {
    double joules = 0;
    int count = read.inputs().rows();
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      joules += readChunk(read, read.inputs().rows(from, to), amps.rows(from, to));
    }
    joules +=
        count
            * (read.inputs().columns() * profile.cost().dacJoules()
                + amps.columns() * profile.cost().adcJoules());
    return new Telemetry(count, 0, 0, joules, count * profile.cost().readSeconds());
  }

  private double readChunk(Read read, Batch inputs, Batch amps) {
    int rows = inputs.columns();
    Scratch scratch = Scratch.of(CHUNK);
    Batch volts = scratch.volts.rows(0, inputs.rows()).columns(0, rows);
    Batch squares = scratch.squares.rows(0, inputs.rows()).columns(0, rows);
    Batch variances = scratch.variances.rows(0, inputs.rows()).columns(0, amps.columns());
    Batch variance = variance(read.sense());
    double joules = drive(inputs, (float) read.voltsPerUnit(), volts, variance == null ? null : squares, scratch.sumSquares);
    Batch signal = signal(read.sense());
    kernels.single().multiply(volts, signal.rows(0, rows).columns(0, amps.columns()), amps);
    if (variance != null) {
      kernels.single().multiply(squares, variance.rows(0, rows).columns(0, amps.columns()), variances);
    }
    sense(read, amps, variance == null ? null : variances, scratch.sumSquares);
    return joules;
  }

  /// Converts the inputs to row voltages, notes their squares, and returns the joules that the cells take up.
  private double drive(
      Batch inputs, float scale, Batch volts, Batch squares, float[] sumSquares) {
    double[] rowSiemens = cells.rowSiemens();
    float[] row = new float[inputs.columns()];
    float[] square = new float[inputs.columns()];
    float[] conductances = new float[inputs.columns()];
    for (int i = 0; i < conductances.length; i++) {
      conductances[i] = (float) rowSiemens[i];
    }
    double watts = 0;
    for (int n = 0; n < inputs.rows(); n++) {
      inputs.getRow(n, row);
      for (int i = 0; i < row.length; i++) {
        row[i] *= scale;
      }
      profile.dac().convert(row, row.length);
      volts.setRow(n, row);
      for (int i = 0; i < row.length; i++) {
        square[i] = row[i] * row[i];
      }
      float[] sums = sums(square, conductances);
      sumSquares[n] = sums[0];
      watts += sums[1];
      if (squares != null) {
        squares.setRow(n, square);
      }
    }
    return watts * profile.cost().readSeconds();
  }

  /// The sum of `a` and its scalar product with `b`, in 16 strands that a compiler can keep in vector registers.
  private static float[] sums(float[] a, float[] b) {
    float[] strands = new float[16];
    float[] products = new float[16];
    int whole = a.length / 16 * 16;
    for (int i = 0; i < whole; i += 16) {
      for (int k = 0; k < 16; k++) {
        strands[k] += a[i + k];
        products[k] = Math.fma(a[i + k], b[i + k], products[k]);
      }
    }
    float sum = 0;
    float product = 0;
    for (int i = whole; i < a.length; i++) {
      sum += a[i];
      product += a[i] * b[i];
    }
    for (int k = 0; k < 16; k++) {
      sum += strands[k];
      product += products[k];
    }
    return new float[] {sum, product};
  }

  /// Adds noise and bias to the currents and sends them through the amplifiers, in place.
  private void sense(Read read, Batch amps, Batch variances, float[] sumSquares) {
    int outputs = amps.columns();
    float[] row = new float[outputs];
    float[] spread = new float[outputs];
    float[] noise = new float[Normals.padded(outputs)];
    float[] bias = new float[outputs];
    if (read.biasAmps() != null) {
      for (int j = 0; j < outputs; j++) {
        bias[j] = profile.sense().bias(read.biasAmps().get(0, j));
      }
    }
    int cellsPerOutput =
        geometry.sensing() == Sensing.DIFFERENTIAL && read.sense() == Read.Sense.ALL ? 2 : 1;
    double each = profile.cells().readNoiseSiemens();
    float uniform = (float) (cellsPerOutput * each * each);
    float amplifier = (float) (profile.sense().noiseAmps() * profile.sense().noiseAmps());
    boolean noisy = uniform > 0 || amplifier > 0 || variances != null;
    for (int n = 0; n < amps.rows(); n++) {
      amps.getRow(n, row);
      if (noisy) {
        long vector = vectors + n;
        kernels.normals().fill(readKey, (int) vector, (int) (vector >>> 32), noise, outputs);
        float common = Math.fma(uniform, sumSquares[n], amplifier);
        if (variances == null) {
          Arrays.fill(spread, common);
        } else {
          variances.getRow(n, spread);
          for (int j = 0; j < outputs; j++) {
            spread[j] += common;
          }
        }
        for (int j = 0; j < outputs; j++) {
          row[j] = Math.fma((float) Math.sqrt(spread[j]), noise[j], row[j] + bias[j]);
        }
      } else {
        for (int j = 0; j < outputs; j++) {
          row[j] += bias[j];
        }
      }
      profile.sense().convert(row, gains, offsets, outputs);
      amps.setRow(n, row);
    }
    vectors += amps.rows();
  }

  private Batch signal(Read.Sense sense) {
    return sense == Read.Sense.ALL ? cells.signal() : half(sense, false);
  }

  private Batch variance(Read.Sense sense) {
    if (profile.cells().readNoiseRelative() == 0) {
      return null;
    }
    return sense == Read.Sense.ALL ? cells.variance() : half(sense, true);
  }

  /// The map of one half of the pairs: needed for verifying reads only, so it is made when asked for.
  private Batch half(Read.Sense sense, boolean noise) {
    double relative = profile.cells().readNoiseRelative();
    int shift = sense == Read.Sense.PLUS ? 0 : geometry.outputs();
    int sign = sense == Read.Sense.PLUS ? 1 : -1;
    Batch map = Batch.zeros(geometry.rows(), geometry.outputs());
    for (int r = 0; r < geometry.rows(); r++) {
      for (int j = 0; j < geometry.outputs(); j++) {
        double siemens = cells.siemens(r * geometry.columns() + shift + j);
        double value = noise ? relative * relative * siemens * siemens : sign * siemens;
        map.set(r, j, (float) value);
      }
    }
    return map;
  }

  /// Applies a checked train, and says what it cost.
  Telemetry pulseUnchecked(PulseTrain train) {
    CellArray.Written written = cells.apply(train);
    return new Telemetry(
        0, written.pulses(), written.cells(), written.joules(), written.seconds());
  }

  /// What the cells and amplifiers of this array really are.
  ArrayTruth truth() {
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    boolean[][] stuck = new boolean[geometry.rows()][geometry.columns()];
    for (int i = 0; i < geometry.cells(); i++) {
      siemens[i / geometry.columns()][i % geometry.columns()] = cells.siemens(i);
      stuck[i / geometry.columns()][i % geometry.columns()] = cells.isStuck(i);
    }
    return new ArrayTruth(siemens, stuck, gains.clone(), offsets.clone());
  }
}
