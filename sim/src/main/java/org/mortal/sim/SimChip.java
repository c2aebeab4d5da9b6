package org.mortal.sim;

import java.util.AbstractList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Kernels;

/// One simulated chip: the same profile and seed are always the same chip, quirk for quirk.
///
/// Its arrays work side by side, as on a chip with a controller for each.
public final class SimChip implements Chip {
  private final ChipProfile profile;
  private final long seed;
  private final boolean arraysLimited;
  private final Kernels kernels;
  private final AtomicReferenceArray<SimCrossbar> made;
  private Telemetry telemetry = Telemetry.ZERO;
  private boolean closed;

  SimChip(ChipProfile profile, long seed, int arrays, boolean arraysLimited, Kernels kernels) {
    this.profile = profile;
    this.seed = seed;
    this.arraysLimited = arraysLimited;
    this.kernels = kernels;
    this.made = new AtomicReferenceArray<>(arrays);
  }

  @Override
  public String id() {
    return "%s-%dx%d-%d"
        .formatted(profile.name(), profile.geometry().rows(), profile.geometry().columns(), seed);
  }

  @Override
  public String firmware() {
    return "simulator " + getClass().getPackage().getName();
  }

  public ChipProfile profile() {
    return profile;
  }

  @Override
  public List<Crossbar> arrays() {
    return new AbstractList<>() {
      @Override
      public Crossbar get(int index) {
        return array(index);
      }

      @Override
      public int size() {
        return made.length();
      }
    };
  }

  @Override
  public boolean arraysLimited() {
    return arraysLimited;
  }

  private SimCrossbar array(int index) {
    SimCrossbar array = made.get(index);
    if (array == null) {
      array = new SimCrossbar(this, profile, seed, index, kernels);
      made.set(index, array);
    }
    return array;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public void read(List<ArrayRead> reads) {
    checkOpen();
    Telemetry[] costs = new Telemetry[reads.size()];
    checkDistinct(reads.stream().map(ArrayRead::array).toList());
    for (ArrayRead one : reads) {
      array(one.array()).checkRead(one.read(), one.amps());
    }
    kernels
        .workers()
        .forEach(
            reads.size(),
            i -> {
              ArrayRead one = reads.get(i);
              costs[i] = array(one.array()).readUnchecked(one.read(), one.amps());
            });
    chargeSideBySide(costs);
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    checkOpen();
    Telemetry[] costs = new Telemetry[trains.size()];
    checkDistinct(trains.stream().map(ArrayPulses::array).toList());
    for (ArrayPulses one : trains) {
      SimCrossbar array = array(one.array());
      array.limits().check(array.geometry(), one.train());
    }
    kernels
        .workers()
        .forEach(
            trains.size(),
            i -> {
              ArrayPulses one = trains.get(i);
              costs[i] = array(one.array()).pulseUnchecked(one.train());
            });
    chargeSideBySide(costs);
  }

  private void checkDistinct(List<Integer> arrays) {
    Set<Integer> seen = new HashSet<>();
    for (int array : arrays) {
      if (!seen.add(array)) {
        throw new IllegalArgumentException("array %d is named twice in one call".formatted(array));
      }
    }
  }

  /// Adds up in the order of the call, whoever did the work, so that the last bits of the sum do not depend on it.
  private void chargeSideBySide(Telemetry[] costs) {
    double longest = 0;
    double busy = telemetry.busySeconds();
    for (Telemetry cost : costs) {
      longest = Math.max(longest, cost.busySeconds());
      charge(cost);
    }
    telemetry =
        new Telemetry(
            telemetry.arrayReads(),
            telemetry.pulses(),
            telemetry.cellWrites(),
            telemetry.energyJoules(),
            busy + longest);
  }

  void charge(Telemetry cost) {
    telemetry =
        new Telemetry(
            telemetry.arrayReads() + cost.arrayReads(),
            telemetry.pulses() + cost.pulses(),
            telemetry.cellWrites() + cost.cellWrites(),
            telemetry.energyJoules() + cost.energyJoules(),
            telemetry.busySeconds() + cost.busySeconds());
  }

  void checkOpen() {
    if (closed) {
      throw new ChipException(new Fault.Closed(id()));
    }
  }

  /// The hidden truth of one array.
  public ArrayTruth truth(int array) {
    return array(array).truth();
  }

  @Override
  public void close() {
    closed = true;
  }
}
