package org.mortal.bench.characterise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mortal.bench.characterise.Step.Label;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.chip.Limits;

/// All readings of a run, in the order they were made.
///
/// @param plan that they were made by
/// @param minSiemens lowest conductance of the array's window
/// @param maxSiemens highest conductance of the window
/// @param all with those that were made because of interruptions
public record Readings(Plan plan, double minSiemens, double maxSiemens, List<Reading> all) {

  private static final double MOVED = 0.1;

  /// What a journal holds.
  static Readings of(Plan plan, Limits limits, Journal journal) {
    List<Reading> readings = new ArrayList<>();
    Collector collector = new Collector(plan, readings::add);
    journal.entries().forEach(collector::add);
    return new Readings(plan, limits.minSiemens(), limits.maxSiemens(), List.copyOf(readings));
  }

  double windowSiemens() {
    return maxSiemens - minSiemens;
  }

  /// Those of a phase that are certain.
  public List<Reading> of(Phase phase) {
    return all.stream().filter(r -> r.label().phase() == phase && !r.uncertain()).toList();
  }

  /// The same of one round.
  public List<Reading> of(Phase phase, int cycle) {
    return of(phase).stream().filter(r -> r.label().cycle() == cycle).toList();
  }

  /// What became of cells in each interruption, in words.
  public List<String> resumptions() {
    List<String> all = new ArrayList<>();
    for (int n = 0; n < this.all.size(); n++) {
      if (this.all.get(n).label().phase() == Phase.RESUMED) {
        all.add("at step %d%s".formatted(this.all.get(n).step(), consequence(n)));
      }
    }
    return all;
  }

  /// Steps whose pulses may or may not have been given.
  public Plan uncertain() {
    return new Plan(
        plan.geometry(),
        plan.region(),
        all.stream()
            .filter(r -> r.uncertain() && r.label().phase() == Phase.RESUMED)
            .map(r -> plan.steps().get(r.step()))
            .toList());
  }

  private String consequence(int n) {
    Reading now = all.get(n);
    if (now.uncertain()) {
      return ", whose pulses may or may not have been given";
    }
    boolean told =
        n > 0
            && plan.steps().subList(all.get(n - 1).step(), now.step()).stream()
                .noneMatch(Step.Pulse.class::isInstance);
    return told
        ? ", %d cells had moved by more than a tenth of the window"
            .formatted(moved(all.get(n - 1), now))
        : "";
  }

  private long moved(Reading before, Reading now) {
    long moved = 0;
    for (int i = 0; i < now.amps().length; i++) {
      double change = Math.abs(now.siemens(i) - before.siemens(i));
      moved += change > MOVED * windowSiemens() ? 1 : 0;
    }
    return moved;
  }

  /// Makes readings of a journal's entries, one after the other.
  static final class Collector {
    private final Plan plan;
    private final Consumer<Reading> readings;
    private float[] offsets;
    private float[] noise;
    private double pulsed;
    private boolean uncertain;

    /// @param readings takes them
    Collector(Plan plan, Consumer<Reading> readings) {
      this.plan = plan;
      this.readings = readings;
      this.offsets = new float[plan.region().columns()];
      this.noise = new float[plan.region().columns()];
    }

    void add(Journal.Entry entry) {
      switch (entry.state()) {
        case BEGUN -> {}
        case RESUMED -> resumed(entry);
        case UNCERTAIN -> {
          pulsed = entry.to();
          uncertain = true;
          resumed(entry);
        }
        case DONE -> {
          switch (plan.steps().get(entry.step())) {
            case Step.Offsets _ -> setOffsets(entry);
            case Step.Read read -> add(entry, read.label(), read.volts());
            case Step.Pulse _ -> {
              pulsed = entry.to();
              uncertain = false;
            }
            case Step.Wait _ -> {}
          }
        }
      }
    }

    private void resumed(Journal.Entry entry) {
      Label label = new Label(Phase.RESUMED, 0, 0, 0);
      add(entry, label, PlanRun.checkVolts(plan));
    }

    private void setOffsets(Journal.Entry entry) {
      float[][] found = entry.numbers(plan.region().columns());
      offsets = found[0];
      noise = found[1];
    }

    private void add(Journal.Entry entry, Label label, double volts) {
      float[][] amps = entry.numbers(plan.region().cells());
      for (int n = 0; n < amps.length; n++) {
        for (int i = 0; i < amps[n].length; i++) {
          amps[n][i] -= offsets[i % plan.region().columns()];
        }
        double seconds = entry.from() + (entry.to() - entry.from()) * (n + 1) / amps.length;
        double age = seconds - pulsed;
        readings.accept(
            new Reading(entry.step(), label, seconds, age, volts, amps[n], noise, uncertain));
      }
    }
  }
}
