package org.mortal.sim.effect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Normals;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.Aging;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.TelegraphNoise;
import org.mortal.sim.device.Window;

/// All that time, use and temperature do to the cells of one array.
///
/// From the state of a cell to what is read of it: levels decay, then carry the programming error, relax and drift; what they
/// make is bounded by wear, is nothing while a cell is not formed, flickers, follows the temperature, and switches with its
/// traps. A write finds the levels that time has left, and everything that counts from a write begins anew.
///
/// What a model does not have takes no memory. One thread at a time.
public final class CellEffects {
  private final List<CellEffect> effects = new ArrayList<>();
  private final List<CellEffect> aging;
  private final WriteTimes times;
  private final Traps traps;
  private final long key;
  private final float[] work;
  private float[] before;

  /// One stream of random numbers for each; the order is part of a chip's identity.
  private enum Purpose {
    RETENTION,
    PROGRAMMING_ERROR,
    RELAXATION,
    DRIFT,
    ENDURANCE,
    FORMING,
    NOISE,
    FLICKER,
    THERMAL,
    TELEGRAPH
  }

  private CellEffects(
      Geometry geometry, CellModel model, long key, Normals normals, Ambient ambient) {
    this.times = model.aging().countsFromWrite() ? new WriteTimes(geometry) : null;
    this.key = key;
    make(geometry, model, normals, ambient);
    this.aging = effects.stream().filter(CellEffect::ages).toList();
    this.work = new float[geometry.columns()];
    TelegraphNoise noise = model.aging().telegraph();
    this.traps =
        noise == null
            ? null
            : new Traps(noise, geometry, Philox.key(key, Purpose.TELEGRAPH.ordinal()));
  }

  /// The effects that a model has.
  ///
  /// @param key of the chip's seed and the array
  public static CellEffects of(
      CellModel model, Geometry geometry, long key, Normals normals, Ambient ambient) {
    return new CellEffects(geometry, model, key, normals, ambient);
  }

  private void make(Geometry geometry, CellModel model, Normals normals, Ambient ambient) {
    Aging aging = model.aging();
    Window window = model.window();
    add(
        aging.retention(),
        Purpose.RETENTION,
        (one, own) -> new DecayingCells(one, geometry, times, ambient, own, normals));
    add(
        aging.programmingError(),
        Purpose.PROGRAMMING_ERROR,
        (one, own) -> new RelaxingCells(one, window, geometry, times, own, normals));
    add(
        aging.relaxation(),
        Purpose.RELAXATION,
        (one, own) -> new RelaxingCells(one, window, geometry, times, own, normals));
    add(
        aging.drift(),
        Purpose.DRIFT,
        (one, own) -> new DriftingCells(one, window, geometry, times, own, normals));
    add(
        aging.endurance(),
        Purpose.ENDURANCE,
        (one, own) -> new WornCells(one, window, geometry, own, normals));
    add(
        aging.forming(),
        Purpose.FORMING,
        (one, own) -> new VirginCells(one, geometry, own, normals));
    add(
        aging.noise(),
        Purpose.NOISE,
        (one, own) -> new NoisyCells(one, window, geometry.columns()));
    add(
        aging.flicker(),
        Purpose.FLICKER,
        (one, own) -> new FlickeringCells(one, window, geometry, times, own, normals));
    add(aging.thermal(), Purpose.THERMAL, (one, own) -> new WarmCells(one, ambient));
  }

  private <T> void add(T statistics, Purpose purpose, Maker<T> maker) {
    if (statistics != null) {
      effects.add(maker.make(statistics, Philox.key(key, purpose.ordinal())));
    }
  }

  /// Makes an effect of its statistics and the key of its own stream of random numbers.
  private interface Maker<T> {
    CellEffect make(T statistics, long key);
  }

  /// Whether nothing ever happens.
  public boolean isEmpty() {
    return effects.isEmpty() && traps == null;
  }

  /// The traps of the array, whose flips happen between reads and so are neither in [#conduct] nor in [#nextChange].
  public Optional<Traps> traps() {
    return Optional.ofNullable(traps);
  }

  /// The levels of one row as time has left them.
  ///
  /// @param written as the last write has left them
  /// @return valid until the next call; `written` itself where nothing moves levels
  public float[] levels(int row, long nanos, float[] written) {
    if (aging.isEmpty()) {
      return written;
    }
    System.arraycopy(written, 0, work, 0, work.length);
    for (CellEffect effect : aging) {
      effect.age(row, nanos, written, work);
    }
    return work;
  }

  /// Changes the conductances that [#levels] make to what the cells of the row conduct while no trap holds a charge.
  public void conduct(int row, long nanos, float[] written, float[] siemens) {
    for (CellEffect effect : effects) {
      effect.conduct(row, nanos, written, siemens);
    }
  }

  /// Adds the variances of white read noise; see [CellEffect#addVariance].
  public void addVariance(int row, long nanos, float[] written, float[] siemens, float[] variance) {
    for (CellEffect effect : effects) {
      effect.addVariance(row, nanos, written, siemens, variance);
    }
  }

  /// Carries into the levels of cells that are about to be pulsed what time has done to them.
  ///
  /// @param levels rows x columns, changed in place
  public void settle(Writing writing, float[][] levels) {
    if (effects.isEmpty()) {
      return;
    }
    before = new float[writing.count()];
    int columns = work.length;
    for (int k = 0; k < writing.count(); ) {
      int row = writing.cells()[k] / columns;
      float[] now = levels(row, writing.nanos(), levels[row]);
      for (; k < writing.count() && writing.cells()[k] < (row + 1) * columns; k++) {
        int column = writing.cells()[k] - row * columns;
        before[k] = now[column];
        levels[row][column] = now[column];
      }
    }
  }

  /// Takes note that the cells were pulsed, after [#settle] and the pulses; puts levels back of those that do not answer.
  public void written(Writing writing, float[][] levels) {
    for (CellEffect effect : effects) {
      effect.written(writing, before, levels);
    }
    if (times != null) {
      times.note(writing);
    }
    before = null;
  }

  /// Whether a cell has ceased to answer to pulses, or does not answer yet.
  public boolean stuck(int row, int column) {
    return effects.stream().anyMatch(effect -> effect.stuck(row, column));
  }

  /// When rows made at `nanos` will be out of date though nobody writes; see [CellEffect#nextChange].
  public long nextChange(long nanos) {
    long next = Long.MAX_VALUE;
    for (CellEffect effect : effects) {
      next = Math.min(next, effect.nextChange(nanos));
    }
    return next;
  }

  /// Writes the state, but not what follows from profile and seed.
  public void save(DataOutput out) throws IOException {
    if (times != null) {
      times.save(out);
    }
    for (CellEffect effect : effects) {
      effect.save(out);
    }
  }

  /// Reads what [#save] has written.
  public void restore(DataInput in) throws IOException {
    if (times != null) {
      times.restore(in);
    }
    for (CellEffect effect : effects) {
      effect.restore(in);
    }
  }
}
