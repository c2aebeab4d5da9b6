package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.mortal.chip.Crossbar;
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
  private final CellArray cells;
  private final ArrayMap map;
  private final ReadPath path;

  SimCrossbar(SimChip chip, ChipProfile profile, long seed, int array, Kernels kernels) {
    this.chip = chip;
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
    this.path = new ReadPath(profile, seed, array, kernels, map, circuit);
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
    chip.readArrays(List.of(new ArrayReads.Job(this, read, amps)));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.pulseArrays(List.of(this), List.of(train));
  }

  /// Refuses what must not be read, all but row voltages.
  void checkRead(Read read, Batch amps) {
    read.checkShapes(geometry, amps);
    read.checkBias(limits.maxBiasAmps());
  }

  ReadPath path() {
    return path;
  }

  /// What it cost to sense a batch.
  Telemetry cost(ReadWork work) {
    int vectors = work.amps().rows();
    return new Telemetry(
        vectors, 0, 0, path.joules(work), vectors * path.vectorSeconds(work.amps().columns()));
  }

  /// Applies a checked train that begins at `nanos`, and says what it cost.
  Telemetry pulseUnchecked(PulseTrain train, long nanos) {
    CellWriter.Written written = cells.apply(train, nanos, map);
    return new Telemetry(0, written.pulses(), written.cells(), written.joules(), written.seconds());
  }

  long bytes() {
    return cells.bytes() + map.bytes() + path.bytes();
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
    return new ArrayTruth(siemens, gain, stuck, path.gains().clone(), path.offsets().clone());
  }

  void save(DataOutput out) throws IOException {
    path.save(out);
    cells.save(out);
    map.save(out);
  }

  void restore(DataInput in) throws IOException {
    path.restore(in);
    cells.restore(in);
    map.restore(in);
  }
}
