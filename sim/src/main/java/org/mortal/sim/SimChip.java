package org.mortal.sim;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.sim.circuit.Thermal;

/// One simulated chip: the same profile and seed are always the same chip, quirk for quirk.
///
/// Its arrays work side by side, as on a chip with a controller for each.
public final class SimChip implements Chip {
  private final ChipProfile profile;
  private final long seed;
  private final boolean arraysLimited;
  private final Kernels kernels;
  private final SimCrossbar[] made;
  private final ArrayReads arrayReads;
  private Telemetry telemetry = Telemetry.ZERO;
  private boolean closed;

  SimChip(ChipProfile profile, long seed, int arrays, boolean arraysLimited, Kernels kernels) {
    this.profile = profile;
    this.seed = seed;
    this.arraysLimited = arraysLimited;
    this.kernels = kernels;
    this.arrayReads = new ArrayReads(profile, kernels);
    this.made = new SimCrossbar[arrays];
  }

  @Override
  public String id() {
    return "%s-%dx%d-%d"
        .formatted(profile.name(), profile.geometry().rows(), profile.geometry().columns(), seed);
  }

  @Override
  public String firmware() {
    return "simulator";
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
        return made.length;
      }
    };
  }

  @Override
  public boolean arraysLimited() {
    return arraysLimited;
  }

  private SimCrossbar array(int index) {
    SimCrossbar array = made[index];
    if (array == null) {
      array = new SimCrossbar(this, profile, seed, index, kernels);
      made[index] = array;
    }
    return array;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public void read(List<ArrayRead> reads) {
    checkDistinct(reads.stream().map(ArrayRead::array).toList());
    readArrays(
        reads.stream().map(one -> array(one.array())).toList(),
        reads.stream().map(ArrayRead::read).toList(),
        reads.stream().map(ArrayRead::amps).toList());
  }

  void readArrays(List<SimCrossbar> arrays, List<Read> reads, List<Batch> amps) {
    checkOpen();
    arrayReads.read(arrays, reads, amps, this::chargeSideBySide);
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    checkOpen();
    checkDistinct(trains.stream().map(ArrayPulses::array).toList());
    List<SimCrossbar> arrays = trains.stream().map(one -> array(one.array())).toList();
    kernels
        .workers()
        .forEach(
            trains.size(),
            i -> arrays.get(i).limits().check(arrays.get(i).geometry(), trains.get(i).train()));
    Telemetry[] costs = new Telemetry[trains.size()];
    kernels
        .workers()
        .forEach(
            trains.size(), i -> costs[i] = arrays.get(i).pulseUnchecked(trains.get(i).train()));
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

  /// The temperature of the chip.
  double kelvin() {
    return Thermal.REFERENCE_KELVIN;
  }

  /// Memory of all arrays made so far.
  public long bytes() {
    return Arrays.stream(made).filter(Objects::nonNull).mapToLong(SimCrossbar::bytes).sum();
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
