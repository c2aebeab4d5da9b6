package org.mortal.bench.program;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.program.Programmer.Programmed;
import org.mortal.chip.Chip;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.sim.SimChip;

/// One method on one chip: programmed, judged at once and again after a wait.
///
/// Errors are judged by reads of their own, row by row and the same for all methods, since the measurements of a closed loop end
/// where they are favourable. Cells that the method reported as stuck or spared are not healthy and are left out where it
/// says so.
///
/// @param array the first that is programmed
/// @param toleranceSiemens 0 for 2 % of the window
/// @param acceptSiemens how near cells must be when they are judged; 0 for the tolerance that they are programmed to
/// @param waitSeconds until cells are judged again; 0 for not at all
public record Trial(
    Targets targets,
    int array,
    double toleranceSiemens,
    double acceptSiemens,
    Recipe recipe,
    double waitSeconds) {
  /// The tolerance if none is given, as part of the window.
  private static final double TOLERANCE = 0.02;

  /// Reads averaged for the judgement.
  private static final int JUDGING_READS = 64;

  /// The figures of one method on one chip.
  ///
  /// @param chip its address
  /// @param cells for which there was a target
  /// @param stuck cells that pulses did not move
  /// @param spared cells that were left alone for their wear
  /// @param success share of healthy cells that were measured within tolerance, twice
  /// @param successAllCells the same of all cells
  /// @param withinAtOnce share of healthy cells that are near enough by the measurement that follows the one by which they were done
  /// @param within share of healthy cells that are near enough when all cells are done, by the judging reads
  /// @param withinAfterWait the same after the wait, or no number
  /// @param rmseSiemens error of healthy cells at once, by the judging reads
  /// @param rmseSiemensAllCells the same of all cells
  /// @param rmseSiemensAfterWait error of healthy cells after the wait, or no number
  /// @param rmseSiemensAllCellsAfterWait the same of all cells
  /// @param trueRmseSiemens error of healthy cells at once by the hidden truth, on simulated chips
  /// @param trueRmseSiemensAfterWait the same after the wait
  /// @param pulsesMean for each target
  /// @param wear most pulses that one cell was given
  /// @param reads vectors read by the method
  /// @param joules that the chip has spent on it
  /// @param chipSeconds that the chip was busy with it
  /// @param lossExact what wires would take from products if cells were at their targets, or no number; see [IrDrop]
  /// @param loss what they take from the array as it was programmed
  public record Row(
      String method,
      String chip,
      String id,
      int cells,
      int stuck,
      int spared,
      double success,
      double successAllCells,
      double withinAtOnce,
      double within,
      double withinAfterWait,
      double rmseSiemens,
      double rmseSiemensAllCells,
      double rmseSiemensAfterWait,
      double rmseSiemensAllCellsAfterWait,
      double trueRmseSiemens,
      double trueRmseSiemensAfterWait,
      double pulsesMean,
      double pulsesMedian,
      double pulsesP95,
      int wear,
      int rounds,
      long reads,
      double joules,
      double chipSeconds,
      double lossExact,
      double loss) {}

  /// What a trial has found.
  ///
  /// @param targets of all cells, row-major
  /// @param toleranceSiemens that cells were programmed to
  /// @param acceptSiemens how near they had to be when they were judged
  /// @param errors by the judging reads at once: measured less target
  /// @param errorsAfterWait the same after the wait, or none
  public record Result(
      Row row,
      Programmed programmed,
      double toleranceSiemens,
      double acceptSiemens,
      float[] targets,
      double[] errors,
      double[] errorsAfterWait) {

    public boolean interrupted() {
      return programmed.interrupted();
    }

    /// The errors of healthy cells alone.
    public double[] healthy(double[] all) {
      return Trial.healthy(programmed.first(), all);
    }
  }

  /// Runs it.
  ///
  /// @param budgets most pulses for each cell of an array, by its place
  /// @param stop asked before each round
  public Result run(
      Method method, String address, Chip chip, IntFunction<int[]> budgets, BooleanSupplier stop) {
    Batch wanted = targets.of(chip.arrays().get(array));
    float[] flat = RowReads.flat(wanted);
    double window = chip.arrays().get(array).limits().windowSiemens();
    double tolerance = toleranceSiemens > 0 ? toleranceSiemens : TOLERANCE * window;
    double accepted = acceptSiemens > 0 ? acceptSiemens : tolerance;
    Telemetry before = chip.telemetry();
    Programmed programmed =
        new Programmer(chip, method, recipe, budgets, stop).run(array, wanted, tolerance);
    Telemetry spent = chip.telemetry().since(before);
    double[] errors = less(programmed.stack().measured(chip, JUDGING_READS), flat);
    double truth = trueRmse(chip, programmed, flat);
    IrDrop drop =
        chip.bare() instanceof SimChip sim && method.devices() == 1
            ? IrDrop.of(sim, array, flat)
            : IrDrop.NONE;
    boolean waits = waitSeconds > 0 && !programmed.interrupted();
    double[] later = {};
    double truthLater = Double.NaN;
    if (waits) {
      chip.pause(waitSeconds);
      later = less(programmed.stack().measured(chip, JUDGING_READS), flat);
      truthLater = trueRmse(chip, programmed, flat);
    }
    Outcome first = programmed.first();
    double[] pulses = Arrays.stream(programmed.pulses()).asDoubleStream().toArray();
    double[] sound = healthy(first, errors);
    double[] soundLater = waits ? healthy(first, later) : later;
    Row row =
        new Row(
            method.name(),
            address,
            chip.id(),
            flat.length,
            first.count(Fate.STUCK),
            first.count(Fate.SPARED),
            (double) first.count(Fate.DONE) / Math.max(1, sound.length),
            (double) first.count(Fate.DONE) / flat.length,
            within(healthy(first, atOnce(programmed, flat)), accepted),
            within(sound, accepted),
            within(soundLater, accepted),
            rms(sound),
            rms(errors),
            rms(soundLater),
            rms(later),
            truth,
            truthLater,
            Arrays.stream(pulses).average().orElse(0),
            Quantiles.of(pulses, 0.5),
            Quantiles.of(pulses, 0.95),
            programmed.mostPulses(),
            programmed.outcomes().stream().mapToInt(Outcome::rounds).sum(),
            spent.arrayReads(),
            spent.energyJoules(),
            spent.busySeconds(),
            drop.exact(),
            drop.programmed());
    return new Result(row, programmed, tolerance, accepted, flat, errors, later);
  }

  /// Errors of the first devices, each just after it was done.
  private static double[] atOnce(Programmed programmed, float[] targets) {
    double[] errors = new double[targets.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = programmed.first().siemensAfter()[i] - targets[i];
    }
    return errors;
  }

  private static double trueRmse(Chip chip, Programmed programmed, float[] targets) {
    return chip.bare() instanceof SimChip sim
        ? rms(healthy(programmed.first(), less(programmed.stack().truth(sim), targets)))
        : Double.NaN;
  }

  private static double[] less(double[] values, float[] targets) {
    double[] errors = new double[values.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = values[i] - targets[i];
    }
    return errors;
  }

  private static double[] healthy(Outcome outcome, double[] all) {
    double[] kept = new double[all.length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (outcome.healthy(i)) {
        kept[count++] = all[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private static double within(double[] errors, double tolerance) {
    double count = 0;
    for (double error : errors) {
      count += Math.abs(error) <= tolerance ? 1 : 0;
    }
    return count / errors.length;
  }

  private static double rms(double[] errors) {
    double sum = 0;
    for (double error : errors) {
      sum += error * error;
    }
    return Math.sqrt(sum / errors.length);
  }
}
