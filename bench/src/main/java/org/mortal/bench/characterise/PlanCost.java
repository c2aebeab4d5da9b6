package org.mortal.bench.characterise;

import org.mortal.chip.Sensing;

/// What a plan comes to, before anything happens.
///
/// Vectors, pulses, cell writes and seconds are those that the run then counts, or what it counts at most where
/// `atMost` says so. Link bytes are an estimate for a board with 8-bit drivers and 16-bit samples in frames of 2048 bytes
/// (`PROTOCOL.md`), without what is sent again.
///
/// @param peakReadVolts highest row voltage
/// @param peakPulseVolts highest amplitude of a pulse; 0 without pulses
/// @param vectors read
/// @param pulses to all cells together
/// @param cellWrites cells written, a train counting once
/// @param pulsesPerCell most pulses to one cell: its wear
/// @param seconds of pulses, row after row, and of waiting; what reads take comes on top
/// @param points readings of cells that are kept
/// @param linkBytes both ways
/// @param atMost whether pulses depend on what will be read
public record PlanCost(
    double peakReadVolts,
    double peakPulseVolts,
    long vectors,
    long pulses,
    long cellWrites,
    long pulsesPerCell,
    double seconds,
    long points,
    long linkBytes,
    boolean atMost) {

  static PlanCost of(Plan plan) {
    return new Sum(plan).cost();
  }

  /// Adds up steps.
  private static final class Sum {
    private static final int PAYLOAD = 2048;
    private static final int FRAME = 15;
    private static final int READ_HEAD = 20;
    private static final int PULSE_HEAD = 36;
    private static final int PULSE_REPLY = 8;

    /// A gap and a count for each cell that is pulsed.
    private static final int PULSE_STEP = 2;

    private static final int SAMPLE = 2;

    private final Plan plan;
    private final Region region;
    private final int halves;
    private double peakReadVolts;
    private double peakPulseVolts;
    private long vectors;
    private long pulses;
    private long cellWrites;
    private long pulsesPerCell;
    private double seconds;
    private long linkBytes;
    private boolean atMost;

    Sum(Plan plan) {
      this.plan = plan;
      this.region = plan.region();
      this.halves = CellProbe.halves(plan.geometry(), region).size();
      plan.steps().forEach(this::add);
    }

    PlanCost cost() {
      return new PlanCost(
          peakReadVolts,
          peakPulseVolts,
          vectors,
          pulses,
          cellWrites,
          pulsesPerCell,
          seconds,
          plan.readings() * region.cells(),
          linkBytes,
          atMost);
    }

    private void add(Step step) {
      switch (step) {
        case Step.Offsets offsets -> addVectors(offsets.reads(), 1);
        case Step.Read read -> {
          peakReadVolts = Math.max(peakReadVolts, read.volts());
          addVectors((long) read.reads() * region.rows(), region.lastRow() + 1);
        }
        case Step.Pulse pulse -> addPulses(pulse);
        case Step.Wait wait -> seconds += wait.seconds();
      }
    }

    private void addVectors(long count, int lines) {
      vectors += count * halves;
      int outputs =
          plan.geometry().sensing() == Sensing.SINGLE
              ? region.left() + region.columns()
              : plan.geometry().outputs();
      long fitting =
          Math.max(1, Math.min((PAYLOAD - READ_HEAD) / lines, PAYLOAD / (SAMPLE * outputs)));
      long frames = Math.ceilDiv(count, fitting);
      long bytes = frames * (READ_HEAD + 2 * FRAME) + count * (lines + (long) SAMPLE * outputs);
      linkBytes += bytes * halves;
    }

    private void addPulses(Step.Pulse pulse) {
      peakPulseVolts = Math.max(peakPulseVolts, pulse.volts());
      atMost |= pulse.conditional();
      long most = 0;
      long slots = 0;
      long touched = 0;
      for (int r = 0; r < region.rows(); r++) {
        long row = 0;
        for (int c = 0; c < region.columns(); c++) {
          long count = Math.abs(pulse.countAt(r + c));
          pulses += count;
          touched += count > 0 ? 1 : 0;
          row = Math.max(row, count);
        }
        slots += row;
        most = Math.max(most, row);
      }
      cellWrites += touched;
      pulsesPerCell += most;
      seconds += slots * pulse.seconds();
      long frames = Math.ceilDiv(touched * PULSE_STEP, PAYLOAD - PULSE_HEAD);
      linkBytes += frames * (PULSE_HEAD + PULSE_REPLY + 2 * FRAME) + touched * PULSE_STEP;
    }
  }
}
