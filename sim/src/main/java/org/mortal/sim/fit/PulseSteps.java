package org.mortal.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measured points as steps, with conductance in parts of the window: 0 at the mean low end of all devices, 1 at the mean
/// high end.
///
/// @param minSiemens what 0 stands for
/// @param maxSiemens what 1 stands for
/// @param devices their windows, in the order of first mention
/// @param steps all of them
/// @param block measured points that each end of a step is the mean of
record PulseSteps(
    double minSiemens, double maxSiemens, List<Ends> devices, List<Step> steps, int block) {

  /// The window of one device.
  record Ends(double low, double high) {}

  /// @param device its index
  /// @param pulses signed
  /// @param follows whether it goes on where the step before it ended, in the same direction
  record Step(int device, int pulses, double before, double after, boolean follows) {
    double change() {
      return after - before;
    }
  }

  /// Points of a device in one direction, one after the other.
  private record Run(int device, int sign, List<Integer> pulses, List<Double> points) {}

  private static final int FEWEST = 10;

  static PulseSteps of(List<PulsePoint> points) {
    return blocks(points, 1);
  }

  private static void addRuns(List<Run> runs, List<PulsePoint> trace) {
    int device = runs.isEmpty() ? 0 : runs.getLast().device + 1;
    Run run = new Run(device, 0, new ArrayList<>(), new ArrayList<>());
    runs.add(run);
    for (PulsePoint point : trace) {
      int sign = Integer.signum(point.pulses());
      if (run.points.isEmpty() || sign != run.sign) {
        // A turn begins where the run before it ended, unless something else came between.
        Run turn = new Run(device, sign, new ArrayList<>(), new ArrayList<>());
        if (sign != 0 && !run.points.isEmpty()) {
          turn.pulses.add(0);
          turn.points.add(run.points.getLast());
        }
        run = turn;
        runs.add(run);
      }
      run.pulses.add(point.pulses());
      run.points.add(point.siemens());
    }
  }

  /// The same with each point the mean of `size` that follow one another; what is left over is dropped.
  static PulseSteps blocks(List<PulsePoint> points, int size) {
    Map<String, List<PulsePoint>> byDevice = new LinkedHashMap<>();
    points.forEach(p -> byDevice.computeIfAbsent(p.device(), _ -> new ArrayList<>()).add(p));
    List<Run> runs = new ArrayList<>();
    byDevice.values().forEach(trace -> addRuns(runs, trace));
    List<Run> means = size == 1 ? runs : runs.stream().map(run -> averaged(run, size)).toList();
    return of(means, byDevice.size(), size);
  }

  private static Run averaged(Run run, int size) {
    Run means = new Run(run.device, run.sign, new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from + size <= run.points.size(); from += size) {
      List<Double> block = run.points.subList(from, from + size);
      means.points.add(block.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
      // From the middle of one block to the middle of the next.
      int pulses = 0;
      for (int k = Math.max(0, from - size / 2); k < from + size - size / 2; k++) {
        pulses += run.pulses.get(k);
      }
      means.pulses.add(pulses);
    }
    return means;
  }

  private static PulseSteps of(List<Run> runs, int deviceCount, int block) {
    double[] least = new double[deviceCount];
    double[] most = new double[deviceCount];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (Run run : runs) {
      for (double siemens : run.points) {
        least[run.device] = Math.min(least[run.device], siemens);
        most[run.device] = Math.max(most[run.device], siemens);
      }
    }
    double low = Arrays.stream(least).average().orElseThrow();
    double high = Arrays.stream(most).average().orElseThrow();
    if (!(high > low)) {
      throw new FitException("the conductance never changes: %g S at every point".formatted(low));
    }
    List<Ends> ends = new ArrayList<>();
    for (int d = 0; d < deviceCount; d++) {
      ends.add(new Ends((least[d] - low) / (high - low), (most[d] - low) / (high - low)));
    }
    List<Step> steps = new ArrayList<>();
    for (Run run : runs) {
      addSteps(steps, run, ends.get(run.device), low, high - low);
    }
    require(steps, 1, "SET");
    require(steps, -1, "RESET");
    return new PulseSteps(low, high, ends, steps, block);
  }

  private static void addSteps(List<Step> steps, Run run, Ends ends, double low, double window) {
    boolean follows = false;
    for (int k = 1; k < run.points.size() && run.sign != 0; k++) {
      double before = (run.points.get(k - 1) - low) / window;
      double after = (run.points.get(k) - low) / window;
      double end = run.sign > 0 ? ends.high : ends.low;
      // What rests at the end of its window says nothing about steps.
      boolean rests = Math.abs(before - end) < 1e-6 && Math.abs(after - end) < 1e-6;
      if (!rests) {
        steps.add(new Step(run.device, run.pulses.get(k), before, after, follows));
      }
      follows = !rests;
    }
  }

  private static void require(List<Step> steps, int sign, String direction) {
    long found = steps.stream().filter(s -> Integer.signum(s.pulses) == sign).count();
    if (found < FEWEST) {
      throw new FitException(
          "%d %s pulses that change the conductance are too few to fit: measure %d at least"
              .formatted(found, direction, FEWEST));
    }
  }

  /// The steps that `kept` names.
  PulseSteps only(boolean[] kept) {
    List<Step> some = new ArrayList<>();
    for (int k = 0; k < kept.length; k++) {
      if (kept[k]) {
        some.add(steps.get(k));
      }
    }
    require(some, 1, "SET");
    require(some, -1, "RESET");
    return new PulseSteps(minSiemens, maxSiemens, devices, some, block);
  }

  double windowSiemens() {
    return maxSiemens - minSiemens;
  }

  Ends ends(Step step) {
    return devices.get(step.device);
  }

  /// Mean number of steps in one direction, one after the other.
  int meanRun() {
    long runs = steps.stream().filter(step -> !step.follows).count();
    return (int) (steps.size() / Math.max(runs, 1));
  }

  /// Mean change by one pulse of a direction, positive where it goes that way.
  double meanStep(int sign) {
    double change = 0;
    double pulses = 0;
    for (Step step : steps) {
      if (Integer.signum(step.pulses) == sign) {
        change += step.change();
        pulses += step.pulses;
      }
    }
    return change / pulses;
  }

  /// Variance of what a point shows around the level that pulses move: the part of the scatter that the next step takes back.
  /// 0 where that does not stand out.
  double shownVariance() {
    double mean = (meanStep(1) + meanStep(-1)) / 2;
    double product = 0;
    double square = 0;
    int pairs = 0;
    for (int k = 1; k < steps.size(); k++) {
      if (steps.get(k).follows) {
        double now = steps.get(k).change() - mean * steps.get(k).pulses;
        product += now * (steps.get(k - 1).change() - mean * steps.get(k - 1).pulses);
        square += now * now;
        pairs++;
      }
    }
    double variance = -product / Math.max(pairs, 1);
    return variance > 4 * square / Math.max(pairs, 1) / Math.sqrt(Math.max(pairs, 1))
        ? variance
        : 0;
  }
}
