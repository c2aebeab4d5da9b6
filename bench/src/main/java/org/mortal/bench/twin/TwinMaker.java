package org.mortal.bench.twin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Kernels;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.Twin;
import org.mortal.sim.TwinArray;

/// Measures a calibrated chip and makes a simulated one that is the same.
public final class TwinMaker {
  private final Chip chip;
  private final Calibration calibration;
  private final ChipProfile base;
  private final Effort effort;
  private final Kernels kernels;
  private final BooleanSupplier stop;
  private final Consumer<String> said;
  private final List<MeasuredArray> arrays = new ArrayList<>();

  /// @param base what is not measured
  /// @param stop whether to end before the next step
  /// @param said hears of each step when it begins
  public TwinMaker(
      Chip chip,
      Calibration calibration,
      ChipProfile base,
      Effort effort,
      Kernels kernels,
      BooleanSupplier stop,
      Consumer<String> said) {
    this.chip = chip;
    this.calibration = calibration;
    this.base = base;
    this.effort = effort;
    this.kernels = kernels;
    this.stop = stop;
    this.said = said;
    CalibratedChip exact = CalibratedChip.withoutDrift(chip, calibration, kernels);
    for (ArrayCalibration one : calibration.arrays()) {
      arrays.add(
          new MeasuredArray(
              chip, chip.arrays().get(one.array()), exact.arrays().get(one.array()), one, effort));
    }
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// @param profile of the twin
  /// @param places of its arrays in the chip
  /// @param fidelity worst of all arrays, each figure by itself
  public record Made(ChipProfile profile, int[] places, Fidelity fidelity) {}

  /// Measures all arrays; the cells are back where they were, closed loop, when it is done.
  ///
  /// @param name of the twin's profile
  /// @return nothing if it was stopped, with the cells brought back as far as steps were known
  public Optional<Made> run(String name) {
    try {
      return Optional.of(make(name));
    } catch (Stopped e) {
      arrays.forEach(MeasuredArray::restore);
      return Optional.empty();
    }
  }

  private Made make(String name) {
    for (MeasuredArray array : arrays) {
      measure(array);
    }
    NoiseSplit noise = arrays.getFirst().noise();
    ChipProfile draft = profile(name, noise);
    List<HeldOut.Rest> pulses = new ArrayList<>();
    List<HeldOut.Rest> times = new ArrayList<>();
    for (int k = 0; k < arrays.size() && effort.pulses(); k++) {
      begin("held-out pulses, array " + k);
      HeldOut trial = new HeldOut(draft, kernels, arrays.get(k), k);
      pulses.add(trial.pulses());
      if (effort.waitSeconds() > 0) {
        begin("held-out times, array " + k);
        times.add(trial.times());
      }
      arrays.get(k).restore();
    }
    ChipProfile profile = profile(name, noise);
    List<HeldOut.Rest> reads = new ArrayList<>();
    for (int k = 0; k < arrays.size(); k++) {
      begin("held-out reads, array " + k);
      reads.add(new HeldOut(profile, kernels, arrays.get(k), k).reads());
    }
    int[] places = arrays.stream().mapToInt(array -> array.calibration().array()).toArray();
    return new Made(profile, places, fidelity(reads, pulses, times));
  }

  /// Says what comes next, unless that is to be left.
  private void begin(String step) {
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
    said.accept(step);
  }

  private void measure(MeasuredArray array) {
    int place = array.calibration().array();
    begin("cells of array " + place);
    array.look();
    if (effort.pulses()) {
      begin("pulses, array " + place);
      array.pulse(array == arrays.getFirst() ? null : arrays.getFirst());
      if (effort.waitSeconds() > 0 && array == arrays.getFirst()) {
        begin("waits, array " + place);
        array.rest();
      }
      begin("restoring array " + place);
      array.restore();
    }
  }

  private ChipProfile profile(String name, NoiseSplit noise) {
    List<TwinArray> measured = arrays.stream().map(MeasuredArray::array).toList();
    String made = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Twin twin = Twin.of(chip.id(), chip.firmware(), made, by(), measured);
    return TwinProfile.of(name, base, arrays.getFirst(), noise, twin);
  }

  private Map<String, Object> by() {
    Map<String, Object> by = new LinkedHashMap<>();
    by.put("vectors", arrays.stream().mapToLong(array -> array.meter().vectors()).sum());
    by.put("pulses", arrays.stream().mapToLong(array -> array.meter().pulses()).sum());
    by.put("readsOfEachCell", effort.reads());
    by.put("waitSeconds", effort.waitSeconds());
    by.put("seed", effort.seed());
    by.put("calibrated", calibration.made());
    by.put("notMeasured", base.name());
    return by;
  }

  private static Fidelity fidelity(
      List<HeldOut.Rest> reads, List<HeldOut.Rest> pulses, List<HeldOut.Rest> times) {
    HeldOut.Rest read = worst(reads);
    HeldOut.Rest pulse = pulses.isEmpty() ? null : worst(pulses);
    HeldOut.Rest time = times.isEmpty() ? null : worst(times);
    return new Fidelity(
        read.ratio(),
        read.off(),
        read.floor(),
        read.twin(),
        pulse == null ? null : pulse.ratio(),
        pulse == null ? null : pulse.off(),
        pulse == null ? null : pulse.floor(),
        pulse == null ? null : pulse.twin(),
        time == null ? null : either(time.ratio()),
        time == null ? null : time.off(),
        time == null ? null : time.floor());
  }

  private static double either(double ratio) {
    return Math.max(ratio, 1 / ratio);
  }

  private static HeldOut.Rest worst(List<HeldOut.Rest> rests) {
    HeldOut.Rest worst = rests.getFirst();
    for (HeldOut.Rest one : rests) {
      worst = either(one.ratio()) > either(worst.ratio()) ? one : worst;
    }
    return worst;
  }
}
