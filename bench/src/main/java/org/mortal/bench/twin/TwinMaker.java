package org.mortal.bench.twin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Consumer<String> said;
  private final List<MeasuredArray> arrays = new ArrayList<>();

  /// @param base what is not measured
  /// @param said hears of each step when it begins
  public TwinMaker(
      Chip chip,
      Calibration calibration,
      ChipProfile base,
      Effort effort,
      Kernels kernels,
      Consumer<String> said) {
    this.chip = chip;
    this.calibration = calibration;
    this.base = base;
    this.effort = effort;
    this.kernels = kernels;
    this.said = said;
    CalibratedChip exact = CalibratedChip.withoutDrift(chip, calibration, kernels);
    for (ArrayCalibration one : calibration.arrays()) {
      arrays.add(
          new MeasuredArray(
              chip,
              chip.arrays().get(one.array()),
              exact.arrays().get(one.array()),
              one,
              effort));
    }
  }

  /// @param profile of the twin
  /// @param fidelity worst of all arrays, each figure by itself
  public record Made(ChipProfile profile, Fidelity fidelity) {}

  /// Measures all arrays; the cells are back where they were, closed loop, when it is done.
  ///
  /// @param name of the twin's profile
  public Made run(String name) {
    for (MeasuredArray array : arrays) {
      measure(array);
    }
    NoiseSplit noise = arrays.getFirst().noise();
    ChipProfile draft = profile(name, noise);
    List<HeldOut.Rest> pulses = new ArrayList<>();
    List<HeldOut.Rest> times = new ArrayList<>();
    for (int k = 0; k < arrays.size() && effort.pulses(); k++) {
      said.accept("held-out pulses, array " + k);
      HeldOut trial = new HeldOut(draft, kernels, arrays.get(k), k);
      pulses.add(trial.pulses());
      if (effort.waitSeconds() > 0) {
        said.accept("held-out times, array " + k);
        times.add(trial.times());
      }
      arrays.get(k).restore();
    }
    ChipProfile profile = profile(name, noise);
    List<HeldOut.Rest> reads = new ArrayList<>();
    for (int k = 0; k < arrays.size(); k++) {
      said.accept("held-out reads, array " + k);
      reads.add(new HeldOut(profile, kernels, arrays.get(k), k).reads());
    }
    return new Made(profile, fidelity(reads, pulses, times));
  }

  private void measure(MeasuredArray array) {
    int place = array.calibration().array();
    said.accept("cells of array " + place);
    array.look();
    if (effort.pulses()) {
      said.accept("pulses, array " + place);
      array.pulse(array == arrays.getFirst() ? null : arrays.getFirst());
      if (effort.waitSeconds() > 0 && array == arrays.getFirst()) {
        said.accept("waits, array " + place);
        array.rest();
      }
      said.accept("restoring array " + place);
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
        pulse == null ? null : pulse.ratio(),
        pulse == null ? null : pulse.off(),
        pulse == null ? null : pulse.floor(),
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
