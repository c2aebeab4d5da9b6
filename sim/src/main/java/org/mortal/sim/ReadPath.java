package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Readout;
import org.mortal.sim.circuit.Adcs;
import org.mortal.sim.circuit.Drivers;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Thermal;
import org.mortal.sim.effect.CellRows;

/// The periphery of one array in one direction with the quirks that it was made with: drivers, sense amplifiers, converters.
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
  private final ArrayMap map;
  private final CircuitReader circuit;
  private final Direction direction;

  /// Null for forward reads.
  private final TransposedMap transposed;

  private final long readKey;
  private final Readout.Converter converter;
  private final float[] gains;
  private final float[] offsets;
  private final Drivers drivers;
  private final Adcs adcs;
  private final float[] settled;
  private long vectors;

  /// @param circuit solves each vector by itself; null where reads are one linear map
  ReadPath(
      ChipProfile profile,
      long seed,
      int array,
      Kernels kernels,
      ArrayMap map,
      CircuitReader circuit,
      Direction direction) {
    SenseAmplifier sense = profile.sense();
    this.profile = profile;
    this.geometry = profile.geometry();
    this.kernels = kernels;
    this.map = map;
    this.circuit = circuit;
    this.direction = direction;
    this.transposed = direction == Direction.TRANSPOSED ? new TransposedMap(map, geometry) : null;
    this.readKey = direction.noise.key(seed, array);
    this.converter = sense.converter();
    int outputs = direction.outputs(geometry);
    TwinArray measured = direction == Direction.FORWARD ? profile.measured(array) : null;
    if (measured == null) {
      this.gains = new float[outputs];
      this.offsets = new float[outputs];
      drawAmplifiers(sense, new Philox(direction.amplifier.key(seed, array)));
      this.drivers = drawnDrivers(seed, array);
    } else {
      this.gains = measured.gains().clone();
      this.offsets = measured.offsetAmps().clone();
      this.drivers =
          measured.rowBows() == null
              ? null
              : Drivers.measured(profile.dac(), measured.rowBows(), measured.rowSkews());
    }
    this.adcs =
        sense.convertersDiffer()
            ? new Adcs(sense, outputs, new Philox(direction.adc.key(seed, array)))
            : null;
    this.settled = new float[sense.settling() == null ? 0 : outputs];
  }

  private void drawAmplifiers(SenseAmplifier sense, Philox random) {
    for (int j = 0; j < gains.length; j++) {
      gains[j] = (float) (1 + sense.gainSpread() * (2 * random.nextDouble() - 1));
      offsets[j] = (float) (sense.offsetAmps() * random.nextGaussian());
    }
  }

  private Drivers drawnDrivers(long seed, int array) {
    return profile.dac().errors() == null
        ? null
        : new Drivers(
            profile.dac(),
            direction.inputs(geometry),
            new Philox(direction.driver.key(seed, array)),
            kernels.normals(),
            direction.driverNoise.key(seed, array));
  }

  /// The array's own row drivers, or null where they have no errors, so that a drive may be shared.
  Drivers drivers() {
    return drivers;
  }

  Adcs adcs() {
    return adcs;
  }

  /// Gains of the amplifiers at a temperature.
  float[] gains(double kelvin) {
    Thermal thermal = profile.sense().thermal();
    float warm = thermal == null ? 1 : (float) thermal.gain(kelvin);
    float[] now = gains.clone();
    for (int j = 0; j < now.length; j++) {
      now[j] *= warm;
    }
    return now;
  }

  /// Their offsets, in amperes.
  float[] offsets(double kelvin) {
    Thermal thermal = profile.sense().thermal();
    float drift = thermal == null ? 0 : (float) thermal.offset(kelvin);
    float[] now = offsets.clone();
    for (int j = 0; j < now.length; j++) {
      now[j] += drift;
    }
    return now;
  }

  /// Vectors read so far.
  long vectors() {
    return vectors;
  }

  /// Whether a read is one linear map of the row voltages.
  boolean linear() {
    return circuit == null;
  }

  /// Whether reads need the squares of the row voltages.
  boolean needsSquares() {
    return circuit == null && map.noiseVaries();
  }

  /// Whether the map of the cells is out of date.
  boolean isDue(long nanos, double kelvin) {
    return map.isDue(nanos, kelvin);
  }

  /// Brings the map of the cells up to date.
  void refresh(long nanos, double kelvin) {
    map.refresh(nanos, kelvin);
  }

  /// When it will be out of date though nobody writes.
  long nextChange() {
    return map.nextChange();
  }

  /// Refuses what must not be read, all but voltages.
  void check(Read read, Batch amps) {
    direction.check(read, geometry, profile.sense().maxBiasAmps(), amps);
  }

  /// Makes the array ready to sense a batch, whose pieces may then be done side by side.
  ///
  /// @param amps where the currents go
  /// @param kelvin the chip's temperature
  ReadWork begin(RowDrive drive, Read read, Batch amps, double kelvin) {
    SenseAmplifier sense = profile.sense();
    // Outputs that are not sensed still couple into others and keep what they carried.
    boolean whole = sense.crosstalk() > 0 || sense.settling() != null;
    int outputs = whole ? gains.length : amps.columns();
    float[] gain = Arrays.copyOf(gains(kelvin), outputs);
    float[] shift = Arrays.copyOf(offsets(kelvin), outputs);
    if (read.biasAmps() != null && !read.biasesDiffer()) {
      float[] bias = new float[read.biasAmps().columns()];
      read.biasAmps().getRow(0, bias);
      sense.addBias(bias, gain, shift, bias.length);
    }
    int cellsPerOutput =
        geometry.sensing() == Sensing.DIFFERENTIAL && read.sense() == Read.Sense.ALL ? 2 : 1;
    double each = profile.cells().readNoise().siemens();
    ReadWork work =
        new ReadWork(
            kernels,
            converter,
            sense.crosstalk(),
            drive,
            amps,
            currents(drive, read, outputs, kelvin),
            gain,
            shift,
            read.biasesDiffer() ? new ReadWork.Biases(read.biasAmps(), sense) : null,
            circuit == null ? (float) (cellsPerOutput * each * each) : 0f,
            (float) (sense.noiseAmps() * sense.noiseAmps()),
            readKey,
            vectors,
            adcs,
            sense.settling() == null ? null : settled,
            sense.settling() == null ? 0 : (float) sense.settling().left());
    vectors += amps.rows();
    return work;
  }

  private Currents currents(RowDrive drive, Read read, int outputs, double kelvin) {
    if (transposed != null) {
      return transposed.currents(drive);
    }
    double each = profile.cells().readNoise().siemens();
    return circuit == null
        ? new Currents.Product(
            map.signal(read.sense()), map.variance(read.sense()), drive.watts(map.rowSiemens()))
        : circuit.read(map.present(), each * each, kelvin, drive.volts(), read.sense(), outputs);
  }

  /// What a batch would give to the amplifiers if nothing were noisy, bias currents included, from lines at rest.
  double[][] quietAmps(Read read, double kelvin) {
    double[][] amps = new double[read.inputs().rows()][];
    RowDrive drive = new RowDrive();
    for (int from = 0; from < amps.length; from += RowDrive.VECTORS) {
      int to = Math.min(amps.length, from + RowDrive.VECTORS);
      Read part = read.vectors(from, to);
      drive.prepare(
          part.inputs(),
          part.voltsPerUnit(),
          profile.dac(),
          drivers == null ? null : drivers.withoutNoise(),
          0,
          false,
          direction == Direction.TRANSPOSED);
      for (int block = 0; block < drive.blocks(); block++) {
        drive.load(block);
      }
      double[][] currents = currents(drive, part, gains.length, kelvin).amps(drive.volts());
      for (int n = from; n < to; n++) {
        // Maps are padded.
        amps[n] = Arrays.copyOf(currents[n - from], gains.length);
      }
    }
    new QuietLines(profile.sense()).pass(amps, read.biasAmps());
    return amps;
  }

  /// What it cost to sense a batch.
  Telemetry cost(ReadWork work) {
    Batch amps = work.amps();
    double seconds = amps.rows() * vectorSeconds(amps.columns());
    return new Telemetry(amps.rows(), 0, 0, joules(work), seconds);
  }

  private double joules(ReadWork work) {
    Cost cost = profile.cost();
    RowDrive drive = work.drive();
    int lines = drive.lines() * direction.linesPerInput(geometry);
    int outputs = work.amps().columns();
    return work.source().watts() * cost.drivenSeconds(profile.sense())
        + drive.vectors() * (lines * cost.dacJoules() + outputs * cost.adcJoules());
  }

  /// One vector, by so many outputs.
  double vectorSeconds(int outputs) {
    return profile.cost().vectorSeconds(profile.sense(), outputs);
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(vectors);
    CellRows.save(settled, out);
  }

  void restore(DataInput in) throws IOException {
    vectors = in.readLong();
    CellRows.restore(settled, in);
  }

  long bytes() {
    return 2L * gains.length * Float.BYTES
        + (long) settled.length * Float.BYTES
        + (drivers == null ? 0 : drivers.bytes())
        + (adcs == null ? 0 : adcs.bytes())
        + (transposed == null ? 0 : transposed.bytes());
  }
}
