package org.mortal.sim;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Readout;
import org.mortal.sim.circuit.Adcs;
import org.mortal.sim.circuit.Drivers;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Thermal;

/// The periphery of one array with the quirks that it was made with: row drivers, sense amplifiers, converters.
///
/// A batch of reads is one product with the cells' signal matrix. The noise of all cells that meet at an output is one
/// normal number with the variance `Σ v² σ²`: exact in distribution, with one draw for each output and not for each
/// cell. Where σ is the same for all cells that sum needs no second product.
///
/// Noise is addressed by the running number of the vector, so it is the same however reads are batched, and every bit is
/// the same on whatever thread.
final class ReadPath {
  private final ChipProfile profile;
  private final Geometry geometry;
  private final Kernels kernels;
  private final CellArray cells;
  private final DoubleSupplier kelvin;
  private final long readKey;
  private final Readout.Converter converter;
  private final float[] gains;
  private final float[] offsets;
  private final Drivers drivers;
  private final Adcs adcs;
  private final float[] settled;
  private long vectors;

  /// @param kelvin the temperature of the periphery, asked for at each read
  ReadPath(
      ChipProfile profile,
      long seed,
      int array,
      Kernels kernels,
      CellArray cells,
      DoubleSupplier kelvin) {
    SenseAmplifier sense = profile.sense();
    this.profile = profile;
    this.geometry = profile.geometry();
    this.kernels = kernels;
    this.cells = cells;
    this.kelvin = kelvin;
    this.readKey = Stream.READ.key(seed, array);
    this.converter = sense.converter();
    this.gains = new float[geometry.outputs()];
    this.offsets = new float[geometry.outputs()];
    Philox random = new Philox(Stream.AMPLIFIER.key(seed, array));
    for (int j = 0; j < gains.length; j++) {
      gains[j] = (float) (1 + sense.gainSpread() * (2 * random.nextDouble() - 1));
      offsets[j] = (float) (sense.offsetAmps() * random.nextGaussian());
    }
    this.drivers =
        profile.dac().errors() == null
            ? null
            : new Drivers(
                profile.dac(),
                geometry.rows(),
                new Philox(Stream.DRIVER.key(seed, array)),
                kernels.normals(),
                Stream.DRIVER_NOISE.key(seed, array));
    this.adcs =
        sense.convertersDiffer()
            ? new Adcs(sense, geometry.outputs(), new Philox(Stream.ADC.key(seed, array)))
            : null;
    this.settled = new float[sense.settling() == null ? 0 : geometry.outputs()];
  }

  /// The array's own row drivers, or null where they have no errors, so that a drive may be shared.
  Drivers drivers() {
    return drivers;
  }

  Adcs adcs() {
    return adcs;
  }

  float[] gains() {
    return gains;
  }

  float[] offsets() {
    return offsets;
  }

  /// Vectors read so far.
  long vectors() {
    return vectors;
  }

  ReadState state() {
    return new ReadState(vectors, settled.clone());
  }

  void restore(ReadState state) {
    if (state.settledAmps().length != settled.length) {
      throw new IllegalArgumentException(
          "an array that remembers %d outputs cannot go on from %d"
              .formatted(settled.length, state.settledAmps().length));
    }
    vectors = state.vectors();
    System.arraycopy(state.settledAmps(), 0, settled, 0, settled.length);
  }

  /// Makes the array ready to sense a batch, whose pieces may then be done side by side.
  ///
  /// @param amps where the currents go
  ReadWork begin(RowDrive drive, Read read, Batch amps) {
    SenseAmplifier sense = profile.sense();
    // Outputs that are not sensed still couple into others and keep what they carried.
    boolean whole = sense.crosstalk() > 0 || sense.settling() != null;
    int outputs = whole ? geometry.outputs() : amps.columns();
    Thermal thermal = sense.thermal();
    float warm = thermal == null ? 1 : (float) thermal.gain(kelvin.getAsDouble());
    float drift = thermal == null ? 0 : (float) thermal.offset(kelvin.getAsDouble());
    float[] gain = Arrays.copyOf(gains, outputs);
    float[] shift = Arrays.copyOf(offsets, outputs);
    for (int j = 0; j < outputs; j++) {
      gain[j] *= warm;
      shift[j] += drift;
    }
    if (read.biasAmps() != null) {
      addBias(read.biasAmps(), gain, shift);
    }
    int cellsPerOutput =
        geometry.sensing() == Sensing.DIFFERENTIAL && read.sense() == Read.Sense.ALL ? 2 : 1;
    double each = profile.cells().readNoiseSiemens();
    ReadWork work =
        new ReadWork(
            kernels,
            converter,
            sense.crosstalk(),
            drive,
            amps,
            map(read.sense(), false),
            profile.cells().readNoiseVaries() ? map(read.sense(), true) : null,
            gain,
            shift,
            (float) (cellsPerOutput * each * each),
            (float) (sense.noiseAmps() * sense.noiseAmps()),
            readKey,
            vectors,
            adcs,
            sense.settling() == null ? null : settled,
            sense.settling() == null ? 0 : (float) sense.settling().left());
    vectors += amps.rows();
    return work;
  }

  /// What each amplifier adds for its bias current.
  private void addBias(Batch biasAmps, float[] gain, float[] shift) {
    float[] bias = new float[biasAmps.columns()];
    biasAmps.getRow(0, bias);
    SenseAmplifier sense = profile.sense();
    for (int j = 0; j < bias.length; j++) {
      shift[j] += gain[j] * sense.bias(bias[j]);
    }
  }

  /// Joules and seconds of a batch that was sensed.
  double joules(RowDrive drive, int outputs) {
    Cost cost = profile.cost();
    return drive.watts(cells.rowSiemens()) * cost.drivenSeconds(profile.sense())
        + drive.vectors() * (drive.lines() * cost.dacJoules() + outputs * cost.adcJoules());
  }

  double seconds(int vectors, int outputs) {
    return vectors * profile.cost().vectorSeconds(profile.sense(), outputs);
  }

  private Batch map(Read.Sense sense, boolean noise) {
    if (sense == Read.Sense.ALL) {
      return noise ? cells.variance() : cells.signal();
    }
    return half(sense, noise);
  }

  /// The map of one half of the pairs: needed for verifying reads only, so it is made when asked for.
  private Batch half(Read.Sense sense, boolean noise) {
    double relative = profile.cells().readNoiseRelative();
    int shift = sense == Read.Sense.PLUS ? 0 : geometry.outputs();
    int sign = sense == Read.Sense.PLUS ? 1 : -1;
    Batch map = Batch.spaced(geometry.rows(), CellArray.padded(geometry.outputs()));
    for (int r = 0; r < geometry.rows(); r++) {
      for (int j = 0; j < geometry.outputs(); j++) {
        double siemens = cells.siemens(r, shift + j);
        double value = noise ? relative * relative * siemens * siemens : sign * siemens;
        map.set(r, j, (float) value);
      }
    }
    return map;
  }

  long bytes() {
    return 2L * gains.length * Float.BYTES
        + (long) settled.length * Float.BYTES
        + (drivers == null ? 0 : drivers.bytes())
        + (adcs == null ? 0 : adcs.bytes());
  }
}
