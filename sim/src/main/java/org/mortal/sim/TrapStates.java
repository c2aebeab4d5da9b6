package org.mortal.sim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.mortal.sim.effect.Traps;

/// What the traps of an array's cells are doing, kept in step with its reads.
///
/// The series of each trap is a function of time alone, so it does not matter when one looks: flips that are near are looked up
/// together, and over a long time that nobody read each trap is asked for its state.
final class TrapStates {
  /// How far ahead flips are looked up.
  private static final long HORIZON_NANOS = 50_000;

  private final Traps traps;
  private final boolean[] captured;
  private long horizon = Long.MIN_VALUE;
  private List<Traps.Flip> flips = List.of();
  private int next;

  TrapStates(Traps traps) {
    this.traps = traps;
    this.captured = new boolean[traps.count()];
  }

  /// What a cell keeps of its conductance while its trap holds a charge.
  float left(int trap) {
    return 1 - traps.amplitude(trap);
  }

  int cell(int trap) {
    return traps.cell(trap);
  }

  /// The first trap that is not in a row before `row`.
  int first(int row) {
    return traps.first(row);
  }

  boolean captured(int trap) {
    return captured[trap];
  }

  /// Goes on to `nanos`, not before the last.
  ///
  /// @param changed gets each trap that is not what it was
  void advance(long nanos, IntConsumer changed) {
    if (nanos > horizon) {
      for (int trap = 0; trap < captured.length; trap++) {
        set(trap, traps.captured(trap, nanos), changed);
      }
      horizon = nanos + HORIZON_NANOS;
      flips = traps.flips(nanos, horizon);
      next = 0;
    }
    for (; next < flips.size() && flips.get(next).nanos() <= nanos; next++) {
      set(flips.get(next).trap(), flips.get(next).captured(), changed);
    }
  }

  private void set(int trap, boolean state, IntConsumer changed) {
    if (captured[trap] != state) {
      captured[trap] = state;
      changed.accept(trap);
    }
  }

  /// When [#advance] will find another flip, or must look for one.
  long nextFlip() {
    return next < flips.size() ? flips.get(next).nanos() : horizon + 1;
  }

  void save(DataOutput out) throws IOException {
    for (boolean state : captured) {
      out.writeBoolean(state);
    }
  }

  void restore(DataInput in) throws IOException {
    for (int trap = 0; trap < captured.length; trap++) {
      captured[trap] = in.readBoolean();
    }
    horizon = Long.MIN_VALUE;
  }
}
