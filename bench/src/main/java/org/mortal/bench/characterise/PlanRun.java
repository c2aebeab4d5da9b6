package org.mortal.bench.characterise;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;

/// Carries out a plan step by step, from where its journal ends.
///
/// Pulses that were under way when an earlier process died are never given again: nobody knows whether they were. The cells
/// are read, and what is read before the next pulses is marked as uncertain.
final class PlanRun {
  /// How often a run asks for the chip's counts, besides once for each train.
  static final int COUNTS = 3;

  /// Reads that are averaged to see where cells are after an interruption.
  private static final int CHECK_READS = 16;

  private final Chip chip;
  private final Plan plan;
  private final Journal journal;
  private final Interruption interruption;
  private final Readings.Collector lastReading;
  private final CellProbe probe;
  private final ChipTime time;
  private Reading last;
  private long counted;

  /// @param array place of the plan's array on the chip
  PlanRun(Chip chip, int array, Plan plan, Journal journal, Interruption interruption) {
    this.chip = chip;
    this.plan = plan;
    this.journal = journal;
    this.interruption = interruption;
    this.lastReading = new Readings.Collector(plan, reading -> last = reading);
    journal.entries().forEach(lastReading::add);
    this.counted = chip.telemetry().pulses();
    this.probe = new CellProbe(chip.arrays().get(array), plan.region());
    this.time = new ChipTime(chip, interruption, journal.head().started(), journal.seconds());
  }

  /// Voltage of the reading after an interruption: that of the plan's last.
  static double checkVolts(Plan plan) {
    List<Double> volts =
        plan.steps().stream()
            .filter(Step.Read.class::isInstance)
            .map(step -> ((Step.Read) step).volts())
            .toList();
    return volts.getLast();
  }

  /// Reads the cells where the run was interrupted; does nothing at its beginning or end.
  void resume() {
    int next = journal.next();
    if (next == 0 && !journal.broken() || next == plan.steps().size()) {
      return;
    }
    boolean broken = journal.broken();
    double from = time.seconds();
    Step.Read check = new Step.Read(null, checkVolts(plan), CHECK_READS, false);
    float[][] amps = probe.read(check);
    Journal.State state = broken ? Journal.State.UNCERTAIN : Journal.State.RESUMED;
    add(Journal.Entry.of(next, state, from, time.seconds(), 0, amps));
  }

  private void add(Journal.Entry entry) {
    journal.add(entry);
    lastReading.add(entry);
  }

  /// Does what is left, until Ctrl-C.
  ///
  /// @param done is told how many steps are
  void run(IntConsumer done) {
    int next = journal.next();
    while (next < plan.steps().size() && !interruption.requested()) {
      if (!take(next, plan.steps().get(next))) {
        return;
      }
      done.accept(++next);
    }
  }

  /// @return whether it was finished
  private boolean take(int place, Step step) {
    double from = time.seconds();
    return switch (step) {
      case Step.Offsets offsets -> done(place, from, 0, probe.offsets(offsets.reads()));
      case Step.Read read -> done(place, from, 0, probe.read(read));
      case Step.Pulse pulse -> {
        double[] siemens = pulse.conditional() && last != null ? last.siemens() : notRead();
        add(Journal.Entry.of(place, Journal.State.BEGUN, from, from, 0));
        probe.pulse(pulse, siemens);
        long before = counted;
        counted = chip.telemetry().pulses();
        yield done(place, from, counted - before);
      }
      // From the end of the step before, whatever a process that died has waited already.
      case Step.Wait wait ->
          time.waitUntil(journal.stepEnd() + wait.seconds()) && done(place, from, 0);
    };
  }

  private boolean done(int place, double from, long pulses, float[]... amps) {
    add(Journal.Entry.of(place, Journal.State.DONE, from, time.seconds(), pulses, amps));
    return true;
  }

  private double[] notRead() {
    double[] siemens = new double[plan.region().cells()];
    Arrays.fill(siemens, Double.NaN);
    return siemens;
  }
}
