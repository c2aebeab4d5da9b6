package org.mortal.bench.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.program.Stack.Part;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.kernel.Batch;

/// Programs one array of a chip by a method, or as many arrays as the method has devices for each target.
///
/// @param budgets most pulses for each cell of an array, by its place
/// @param stop asked before each round
public record Programmer(
    Chip chip, Method method, Recipe recipe, IntFunction<int[]> budgets, BooleanSupplier stop) {
  /// Residuals are scaled so that this share of them fits in the next device.
  private static final double FITTING = 0.99;

  /// Of its window, what a later device uses: none of the ends, which cells reach last.
  private static final double USED = 0.9;

  /// What was programmed.
  ///
  /// @param stack which arrays hold the targets, and how
  /// @param outcomes of each of them
  public record Programmed(Stack stack, List<Outcome> outcomes) {

    /// How it went with the devices that hold the targets but for a residual.
    public Outcome first() {
      return outcomes.getFirst();
    }

    public boolean interrupted() {
      return outcomes.stream().anyMatch(Outcome::interrupted);
    }

    /// Pulses for each target.
    public int[] pulses() {
      int[] sums = new int[first().pulses().length];
      for (Outcome outcome : outcomes) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += outcome.pulses()[i];
        }
      }
      return sums;
    }

    /// The most pulses that any one cell was given.
    public int mostPulses() {
      int most = 0;
      for (Outcome outcome : outcomes) {
        for (int pulses : outcome.pulses()) {
          most = Math.max(most, pulses);
        }
      }
      return most;
    }
  }

  /// Brings the cells of `array` to `targetSiemens`; cells that do not get there are reported, not thrown.
  ///
  /// @throws org.mortal.chip.ChipException if targets do not fit, or the chip fails
  public Programmed run(int array, Batch targetSiemens, double toleranceSiemens) {
    List<Part> parts = new ArrayList<>(List.of(new Part(array, 1, 0)));
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(loop(array, targetSiemens, toleranceSiemens));
    for (int device = 1; device < method.devices(); device++) {
      if (outcomes.getLast().interrupted()) {
        break;
      }
      chip.pause(recipe.settleSeconds());
      double[] residual = residual(new Stack(parts), targetSiemens);
      Part part = part(array + device, residual, outcomes.getFirst());
      outcomes.add(loop(part.array(), targets(part, residual), toleranceSiemens));
      parts.add(part);
    }
    return new Programmed(new Stack(parts), outcomes);
  }

  private Outcome loop(int array, Batch targets, double tolerance) {
    Crossbar crossbar = chip.arrays().get(array);
    Goal goal = new Goal(targets, tolerance, budgets.apply(array));
    return new ClosedLoop(chip, crossbar, method, recipe, goal, stop).run();
  }

  /// What is still missing, in siemens of the first array.
  private double[] residual(Stack stack, Batch targets) {
    double[] measured = stack.measured(chip, recipe.reads());
    float[] wanted = RowReads.flat(targets);
    double[] residual = new double[wanted.length];
    for (int i = 0; i < residual.length; i++) {
      residual[i] = wanted[i] - measured[i];
    }
    return residual;
  }

  /// A device in whose window the residuals of healthy cells just fit, around its middle.
  private Part part(int array, double[] residual, Outcome first) {
    Limits limits = chip.arrays().get(array).limits();
    double[] sizes =
        IntStream.range(0, residual.length)
            .filter(first::healthy)
            .mapToDouble(i -> Math.abs(residual[i]))
            .toArray();
    double room = USED * limits.windowSiemens() / 2;
    double weight = Math.min(1, Quantiles.of(sizes, FITTING) / room);
    return new Part(array, weight, (limits.minSiemens() + limits.maxSiemens()) / 2);
  }

  private Batch targets(Part part, double[] residual) {
    Crossbar crossbar = chip.arrays().get(part.array());
    int columns = crossbar.geometry().columns();
    double room = USED * crossbar.limits().windowSiemens() / 2;
    Batch targets = Batch.zeros(crossbar.geometry().rows(), columns);
    for (int i = 0; i < residual.length; i++) {
      double above = Math.clamp(residual[i] / part.weight(), -room, room);
      targets.set(i / columns, i % columns, (float) (part.originSiemens() + above));
    }
    return targets;
  }
}
