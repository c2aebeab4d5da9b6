package org.mortal.bench.characterise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mortal.chip.board.LinkBytes;

/// What a plan comes to, before anything happens.
///
/// Vectors, pulses, cell writes and seconds are those that the run then counts, or what it counts at most where
/// `atMost` says so.
///
/// @param peakReadVolts highest row voltage
/// @param peakPulseVolts highest amplitude of a pulse; 0 without pulses
/// @param vectors read
/// @param pulses to all cells together
/// @param cellWrites cells written, a train counting once
/// @param pulsesPerCell most pulses to one cell: its wear
/// @param seconds of pulses, row after row, and of waiting; what reads take comes on top
/// @param points readings of cells that are kept
/// @param linkBytes both ways on the board's link, or on that of a usual board; see [LinkBytes]
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

  static PlanCost of(Plan plan, LinkBytes link) {
    return new Sum(plan, link).cost();
  }

  /// Adds up steps.
  private static final class Sum {
    private final Plan plan;
    private final LinkBytes link;

    /// Most plans have few kinds of pulses.
    private final Map<Step.Pulse, Long> pulseBytes = new HashMap<>();

    private final Region region;
    private final List<CellProbe.Half> halves;
    private double peakReadVolts;
    private double peakPulseVolts;
    private long vectors;
    private long pulses;
    private long cellWrites;
    private long pulsesPerCell;
    private double seconds;
    private long linkBytes;
    private boolean atMost;

    Sum(Plan plan, LinkBytes link) {
      this.plan = plan;
      this.link = link;
      this.region = plan.region();
      this.halves = CellProbe.halves(plan.geometry(), region);
      this.linkBytes = link.opening() + PlanRun.COUNTS * link.telemetry();
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
      vectors += count * halves.size();
      for (CellProbe.Half half : halves) {
        linkBytes += link.read(count, lines, half.outputs());
      }
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
      linkBytes += link.telemetry() + pulseBytes.computeIfAbsent(pulse, this::bytes);
    }

    private long bytes(Step.Pulse pulse) {
      double[] notRead = new double[region.cells()];
      Arrays.fill(notRead, Double.NaN);
      return link.pulse(CellProbe.train(plan.geometry(), region, pulse, notRead));
    }
  }
}
