package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.mortal.chip.ChipException;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.sim.effect.CellEffects;

/// One simulated array: its cells and its [ReadPath].
///
/// The last bit of a current may depend on the size of its batch, where the BLAS has kernels for each; on processors with
/// AVX-512 it does not.
public final class SimCrossbar implements Crossbar {
  private final Geometry geometry;
  private final Limits limits;
  private final SimChip chip;
  private final ChipProfile profile;
  private final CellArray cells;
  private final ArrayMap map;
  private final Function<Direction, ReadPath> makePath;
  private final ReadPath path;

  /// Null until it is first asked for: most chips are never read so.
  private ReadPath transposed;

  SimCrossbar(SimChip chip, ChipProfile profile, long seed, int array, Kernels kernels) {
    this.chip = chip;
    this.profile = profile;
    this.geometry = profile.geometry();
    this.limits = profile.limits();
    CellEffects effects =
        CellEffects.of(
            profile.cells(),
            geometry,
            Stream.EFFECT.key(seed, array),
            kernels.normals(),
            profile.ambient());
    this.cells = new CellArray(profile, seed, array, kernels.normals(), effects);
    CircuitReader circuit = CircuitReader.of(profile, kernels);
    this.map = new ArrayMap(profile, cells, kernels.workers(), circuit != null);
    this.makePath =
        direction -> new ReadPath(profile, seed, array, kernels, map, circuit, direction);
    this.path = makePath.apply(Direction.FORWARD);
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
    chip.readArrays(List.of(new ArrayReads.Job(this, Direction.FORWARD, read, amps)));
  }

  @Override
  public boolean canReadTransposed() {
    return path.linear();
  }

  @Override
  public void readTransposed(ColumnRead read, Batch amps) {
    chip.readArrays(List.of(transposedJob(read, amps)));
  }

  ArrayReads.Job transposedJob(ColumnRead read, Batch amps) {
    Read inputs = new Read(read.inputs(), read.voltsPerUnit(), null, Read.Sense.ALL);
    return new ArrayReads.Job(this, Direction.TRANSPOSED, inputs, amps);
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.pulseArrays(List.of(this), List.of(train));
  }

  /// The way of forward reads.
  ReadPath path() {
    return path;
  }

  /// The way of reads in `direction`.
  ReadPath path(Direction direction) {
    return switch (direction) {
      case FORWARD -> path;
      case TRANSPOSED -> transposed();
    };
  }

  private ReadPath transposed() {
    if (!canReadTransposed()) {
      throw new ChipException(
          new Fault.NoTransposedRead(
              "its profile has bent currents or floating lines, which are solved from rows to"
                  + " columns only"));
    }
    if (transposed == null) {
      transposed = makePath.apply(Direction.TRANSPOSED);
    }
    return transposed;
  }

  /// Applies a checked train that begins at `nanos`, and says what it cost.
  Telemetry pulseUnchecked(PulseTrain train, long nanos) {
    CellWriter.Written written = cells.apply(train, nanos, map);
    return new Telemetry(0, written.pulses(), written.cells(), written.joules(), written.seconds());
  }

  long bytes() {
    long forward = cells.bytes() + map.bytes() + path.bytes();
    return transposed == null ? forward : forward + transposed.bytes();
  }

  /// What the cells and amplifiers of this array really are.
  ArrayTruth truth() {
    double[][] siemens = new double[geometry.rows()][geometry.columns()];
    double[][] gain = new double[geometry.rows()][geometry.columns()];
    boolean[][] stuck = new boolean[geometry.rows()][geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.columns(); c++) {
        siemens[r][c] = cells.siemens(r, c, chip.nanos());
        gain[r][c] = cells.gain(r, c);
        stuck[r][c] = cells.isStuck(r, c);
      }
    }
    double kelvin = kelvin();
    return new ArrayTruth(
        siemens, gain, stuck, path.gains(kelvin), path.offsets(kelvin), profile.sense());
  }

  /// What amplifiers are given where nothing is noisy; see [SimChip#truthAmps].
  double[][] truthAmps(Read read) {
    double kelvin = kelvin();
    if (path.isDue(chip.nanos(), kelvin)) {
      path.refresh(chip.nanos(), kelvin);
    }
    return path.quietAmps(read, kelvin);
  }

  private double kelvin() {
    return profile.ambient().kelvin(chip.nanos());
  }

  void save(DataOutput out) throws IOException {
    path.save(out);
    cells.save(out);
    map.save(out);
    out.writeBoolean(transposed != null);
    if (transposed != null) {
      transposed.save(out);
    }
  }

  void restore(DataInput in) throws IOException {
    path.restore(in);
    cells.restore(in);
    map.restore(in);
    if (in.readBoolean()) {
      transposed().restore(in);
    }
  }
}
