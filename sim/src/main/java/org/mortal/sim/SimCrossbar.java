package org.mortal.sim;

import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Crossbar;
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
import org.mortal.kernel.Readout;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.effect.CellEffects;

/// One simulated array: row converters, cells, sense amplifiers.
///
/// A batch of reads is one product with the cells' signal matrix. The noise of all cells that meet at an output is one
/// normal number with the variance `Σ v² σ²`: exact in distribution, with one draw for each output and not for each
/// cell. Where σ is the same for all cells that sum needs no second product.
///
/// Noise is addressed by the running number of the vector, so it is the same however reads are batched, and every bit is
/// the same on whatever thread. The last bit of a current may depend on the size of its batch, where the BLAS has kernels for
/// each; on processors with AVX-512 it does not.
public final class SimCrossbar implements Crossbar {
  private final ChipProfile profile;
  private final Geometry geometry;
  private final Limits limits;
  private final Kernels kernels;
  private final SimChip chip;
  private final CellArray cells;
  private final long readKey;
  private final Readout.Converter converter;
  private final float[] gains;
  private final float[] offsets;
  private long vectors;

  SimCrossbar(SimChip chip, ChipProfile profile, long seed, int array, Kernels kernels) {
    this.chip = chip;
    this.profile = profile;
    this.geometry = profile.geometry();
    this.limits = profile.limits();
    this.kernels = kernels;
    CellEffects effects =
        CellEffects.of(
            profile.cells(),
            geometry,
            Stream.EFFECT.key(seed, array),
            kernels.normals(),
            Ambient.ROOM);
    this.cells = new CellArray(profile, seed, array, kernels.normals(), effects);
    this.readKey = Stream.READ.key(seed, array);
    this.converter = profile.sense().converter();
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
    chip.readArrays(List.of(this), List.of(read), List.of(amps));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.checkOpen();
    limits.check(geometry, train);
    chip.charge(pulseUnchecked(train));
  }

  /// Refuses what must not be read, all but row voltages.
  void checkRead(Read read, Batch amps) {
    read.checkShapes(geometry, amps);
    read.checkBias(limits.maxBiasAmps());
  }

  /// Senses what the driven rows bring to the outputs, and says what it cost.
  Telemetry sense(RowDrive drive, Read read, Batch amps) {
    cells.refresh(chip.nanos());
    multiply(drive.volts(), signal(read.sense()), amps);
    Batch variances = null;
    if (profile.cells().readNoiseVaries()) {
      variances = Batch.zeros(amps.rows(), amps.columns());
      multiply(drive.squares(), variance(read.sense()), variances);
    }
    amplify(drive, read, amps, variances);
    Cost cost = profile.cost();
    int vectors = amps.rows();
    double joules =
        drive.watts(cells.rowSiemens()) * cost.readSeconds()
            + vectors * (drive.lines() * cost.dacJoules() + amps.columns() * cost.adcJoules());
    return new Telemetry(vectors, 0, 0, joules, vectors * cost.readSeconds());
  }

  /// The product with the first rows and columns of `map`, made at its padded width.
  private void multiply(Batch inputs, Batch map, Batch result) {
    int width = CellArray.padded(result.columns());
    Batch wide = width == result.columns() ? result : Batch.zeros(result.rows(), width);
    kernels.single().multiply(inputs, map.rows(0, inputs.columns()).columns(0, width), wide);
    if (wide != result) {
      result.copyFrom(wide.columns(0, result.columns()));
    }
  }

  /// Adds noise and bias to the currents and sends them through the amplifiers, in place.
  private void amplify(RowDrive drive, Read read, Batch amps, Batch variances) {
    int outputs = amps.columns();
    float[] row = new float[outputs];
    float[] spread = new float[outputs];
    float[] normals = new float[Normals.padded(outputs)];
    float[] shift = shift(read, outputs);
    int cellsPerOutput =
        geometry.sensing() == Sensing.DIFFERENTIAL && read.sense() == Read.Sense.ALL ? 2 : 1;
    double each = profile.cells().readNoise().siemens();
    float uniform = (float) (cellsPerOutput * each * each);
    float amplifier = (float) (profile.sense().noiseAmps() * profile.sense().noiseAmps());
    boolean noisy = uniform > 0 || amplifier > 0 || variances != null;
    for (int n = 0; n < amps.rows(); n++) {
      if (noisy) {
        long vector = vectors + n;
        kernels.normals().fill(readKey, (int) vector, (int) (vector >>> 32), normals, outputs);
        float common = Math.fma(uniform, drive.sumSquares(n), amplifier);
        if (variances == null) {
          Arrays.fill(spread, (float) Math.sqrt(common));
        } else {
          variances.getRow(n, spread);
          for (int j = 0; j < outputs; j++) {
            spread[j] = (float) Math.sqrt(spread[j] + common);
          }
        }
      }
      amps.getRow(n, row);
      kernels.readout().convert(converter, row, spread, normals, gains, shift, outputs);
      amps.setRow(n, row);
    }
    vectors += amps.rows();
  }

  /// What each amplifier adds: its bias current times its gain, and its offset.
  private float[] shift(Read read, int outputs) {
    float[] shift = Arrays.copyOf(offsets, outputs);
    if (read.biasAmps() != null) {
      for (int j = 0; j < outputs; j++) {
        shift[j] += gains[j] * profile.sense().bias(read.biasAmps().get(0, j));
      }
    }
    return shift;
  }

  private Batch signal(Read.Sense sense) {
    return sense == Read.Sense.ALL ? cells.signal() : half(sense, false);
  }

  private Batch variance(Read.Sense sense) {
    return sense == Read.Sense.ALL ? cells.variance() : half(sense, true);
  }

  /// The map of one half of the pairs: needed for verifying reads only, so it is made when asked for.
  private Batch half(Read.Sense sense, boolean noise) {
    double relative = profile.cells().readNoise().relative();
    int shift = sense == Read.Sense.PLUS ? 0 : geometry.outputs();
    int sign = sense == Read.Sense.PLUS ? 1 : -1;
    Batch map = Batch.zeros(geometry.rows(), CellArray.padded(geometry.outputs()));
    for (int r = 0; r < geometry.rows(); r++) {
      for (int j = 0; j < geometry.outputs(); j++) {
        double siemens = cells.siemens(r, shift + j, chip.nanos());
        double value = noise ? relative * relative * siemens * siemens : sign * siemens;
        map.set(r, j, (float) value);
      }
    }
    return map;
  }

  /// Applies a checked train, and says what it cost.
  Telemetry pulseUnchecked(PulseTrain train) {
    CellWriter.Written written = cells.apply(train, chip.nanos());
    return new Telemetry(0, written.pulses(), written.cells(), written.joules(), written.seconds());
  }

  /// What the cells and amplifiers of this array really are.
  ArrayTruth truth() {
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    boolean[][] stuck = new boolean[geometry.rows()][geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        siemens[r][c] = cells.siemens(r, c, chip.nanos());
        stuck[r][c] = cells.isStuck(r, c);
      }
    }
    return new ArrayTruth(siemens, stuck, gains.clone(), offsets.clone());
  }
}
