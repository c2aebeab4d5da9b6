package org.mortal.sim.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.TelegraphNoise;

/// The traps of one array's cells, which capture and emit in continuous time: random telegraph noise.
///
/// A trap with capture rate c and emission rate e is the same as one that is thrown anew at random times of rate c + e,
/// each time to be captured with probability c / (c + e): both are the two-state Markov process with these rates. The
/// throws are made slot by slot of absolute time, from numbers addressed by cell and slot, so the whole series is a pure
/// function of the key: any state at any time costs a throw or two, however long nobody has looked.
///
/// No state; 50 bytes for each trap, of which 17 keep what is known of its near future.
public final class Traps {
  /// Mean number of throws in a slot: one block of random words makes two.
  private static final double THROWS_PER_SLOT = 2;

  /// How far a look goes on where nothing happens.
  private static final int SLOTS_AHEAD = 2;

  /// A cell that conducts otherwise from a time on.
  ///
  /// @param nanos when
  /// @param trap which, from 0 to [#count] - 1
  /// @param captured whether it now conducts less
  public record Flip(long nanos, int trap, boolean captured) {}

  private final long key;
  private final int columns;
  private final int[] cell;

  /// The first trap of each row, and one more for where the last row ends.
  private final int[] rowTraps;

  private final float[] amplitude;

  /// Mean nanoseconds between throws, and the probability to be captured.
  private final double[] throwNanos;

  private final double[] occupancy;
  private final long[] slotNanos;

  /// A time in which each trap stays as it is: from, up to but not at, and how it is.
  private final long[] quietFrom;

  private final long[] quietUntil;
  private final boolean[] quietCaptured;

  Traps(TelegraphNoise noise, Geometry geometry, long key) {
    this.key = Philox.key(key, 1);
    this.columns = geometry.columns();
    Philox random = new Philox(Philox.key(key, 0));
    int[] found = new int[geometry.cells()];
    int traps = 0;
    this.rowTraps = new int[geometry.rows() + 1];
    for (int i = 0; i < found.length; i++) {
      if (random.nextDouble() < noise.fraction()) {
        found[traps++] = i;
      }
      rowTraps[i / columns + 1] = traps;
    }
    this.cell = Arrays.copyOf(found, traps);
    this.amplitude = new float[traps];
    this.throwNanos = new double[traps];
    this.occupancy = new double[traps];
    this.slotNanos = new long[traps];
    this.quietFrom = new long[traps];
    this.quietUntil = new long[traps];
    this.quietCaptured = new boolean[traps];
    for (int trap = 0; trap < traps; trap++) {
      double median = noise.amplitude();
      double drawn = median * Math.exp(noise.amplitudeSpread() * random.nextGaussian());
      amplitude[trap] = (float) Math.min(1, drawn);
      double capture = logUniform(noise, random);
      double emission = logUniform(noise, random);
      throwNanos[trap] = 1e9 * capture * emission / (capture + emission);
      occupancy[trap] = emission / (capture + emission);
      slotNanos[trap] = Math.max(1, Math.round(THROWS_PER_SLOT * throwNanos[trap]));
    }
  }

  private static double logUniform(TelegraphNoise noise, Philox random) {
    double ratio = noise.longestSeconds() / noise.shortestSeconds();
    return noise.shortestSeconds() * Math.pow(ratio, random.nextDouble());
  }

  /// How many traps the array has, in row-major order of their cells.
  public int count() {
    return cell.length;
  }

  /// The first trap that is not in a row before `row`, which may be one behind the last.
  public int first(int row) {
    return rowTraps[row];
  }

  /// The cell of a trap, in row-major order.
  public int cell(int trap) {
    return cell[trap];
  }

  /// The share of the conductance that a captured charge takes away.
  public float amplitude(int trap) {
    return amplitude[trap];
  }

  /// Mean seconds until an empty trap captures.
  public double captureSeconds(int trap) {
    return throwNanos[trap] * 1e-9 / occupancy[trap];
  }

  /// Mean seconds until a captured charge is emitted.
  public double emissionSeconds(int trap) {
    return throwNanos[trap] * 1e-9 / (1 - occupancy[trap]);
  }

  /// Whether a charge is captured at a time.
  public boolean captured(int trap, long nanos) {
    if (nanos < quietFrom[trap] || nanos >= quietUntil[trap]) {
      look(trap, nanos);
    }
    return quietCaptured[trap];
  }

  /// Finds the state at a time, and until when it is sure to stay.
  private void look(int trap, long nanos) {
    Throws one = new Throws(trap);
    long slot = Math.floorDiv(nanos, slotNanos[trap]);
    boolean captured = one.last(slot, nanos);
    long until = (slot + SLOTS_AHEAD) * slotNanos[trap];
    for (long ahead = slot; ahead * slotNanos[trap] < until; ahead++) {
      one.open(ahead);
      while (one.next() && one.nanos < until) {
        if (one.nanos > nanos && one.captured != captured) {
          until = one.nanos;
        }
      }
    }
    quietFrom[trap] = nanos;
    quietUntil[trap] = until;
    quietCaptured[trap] = captured;
  }

  /// What happens later than `fromNanos` and up to `toNanos`, in order of time.
  public List<Flip> flips(long fromNanos, long toNanos) {
    List<Flip> flips = new ArrayList<>();
    for (int trap = 0; trap < cell.length; trap++) {
      boolean captured = captured(trap, fromNanos);
      while (quietUntil[trap] <= toNanos) {
        long then = quietUntil[trap];
        if (captured(trap, then) != captured) {
          captured = !captured;
          flips.add(new Flip(then, trap, captured));
        }
      }
    }
    flips.sort(Comparator.comparingLong(Flip::nanos));
    return flips;
  }

  /// Takes from the conductances of one row what captured charges take away.
  public void conduct(int row, long nanos, float[] siemens) {
    for (int trap = rowTraps[row]; trap < rowTraps[row + 1]; trap++) {
      if (captured(trap, nanos)) {
        siemens[cell[trap] - row * columns] *= 1 - amplitude[trap];
      }
    }
  }

  /// The throws of one trap within one slot of time, one after the other.
  private final class Throws {
    private static final double WORDS = 0x1p-32;

    private final int trap;
    private final int[] words = new int[4];
    private long slot;
    private int drawn;
    private double offset;
    private long nanos;
    private boolean captured;

    Throws(int trap) {
      this.trap = trap;
    }

    /// The outcome of the last throw up to `nanos`, which lies in slot `number`.
    boolean last(long number, long nanos) {
      boolean last = false;
      boolean found = false;
      for (long before = number; !found; before--) {
        open(before);
        while (next() && this.nanos <= nanos) {
          found = true;
          last = captured;
        }
      }
      return last;
    }

    void open(long number) {
      slot = number;
      drawn = 0;
      offset = 0;
    }

    /// Goes to the next throw; false if the slot holds no more.
    boolean next() {
      if (drawn % 2 == 0) {
        Philox.block(key, (int) slot, (int) (slot >>> 32), cell[trap], drawn / 2, words);
      }
      int word = 2 * (drawn++ % 2);
      offset -= throwNanos[trap] * Math.log((Integer.toUnsignedLong(words[word]) + 0.5) * WORDS);
      nanos = slot * slotNanos[trap] + (long) offset;
      captured = Integer.toUnsignedLong(words[word + 1]) * WORDS < occupancy[trap];
      return offset < slotNanos[trap];
    }
  }
}
