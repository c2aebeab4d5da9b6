package org.mortal.bench.program;

import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;

/// `vipi`: voltage-incremental proportional-integral control. One pulse at a time; a controller of the error says by how much
/// the next amplitude differs from the last.
///
/// Source: the name and purpose of VIPI in Safa et al., OpenMENA, arXiv:2511.03747 (2025). What is taken from the name is the
/// incremental form of a PI controller, `ΔV = Kp (|e| − |e'|) + Ki |e|`, with the error `e` as a part of the window and `e'`
/// the one before: amplitudes rise while a cell does not follow, and fall as it comes near. Gains are our own, chosen for cells
/// whose steps grow tenfold in half a volt.
record ProportionalIntegral() implements Method {
  private static final double PROPORTIONAL_VOLTS = 1;
  private static final double INTEGRAL_VOLTS = 0.4;

  /// Amplitudes in use, so that cells can share trains.
  private static final double STEP_VOLTS = 0.05;

  @Override
  public String name() {
    return "vipi";
  }

  @Override
  public String description() {
    return "single pulses, their amplitude moved by a proportional-integral controller of the error";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    return new Controller(crossbar.limits(), recipe, crossbar.geometry().cells());
  }

  @Override
  public int rounds() {
    return 200;
  }

  private static final class Controller implements Pulsing {
    private final double windowSiemens;
    private final Ladder ladder;
    private final double mostVolts;
    private final double[] last;
    private final double[] volts;

    /// Amplitudes here are volts above the start.
    Controller(Limits limits, Recipe recipe, int cells) {
      Ladder coarse = recipe.ladder(limits);
      this.windowSiemens = limits.windowSiemens();
      this.ladder =
          new Ladder(
              coarse.setVolts(),
              coarse.resetVolts(),
              STEP_VOLTS,
              coarse.mostVolts(),
              coarse.seconds());
      this.mostVolts = ladder.top() * STEP_VOLTS;
      this.last = new double[cells];
      this.volts = new double[cells];
    }

    @Override
    public Shot next(int cell, double errorSiemens, double siemens) {
      double error = errorSiemens / windowSiemens;
      if (error * last[cell] > 0) {
        double fresh = Math.abs(error) - Math.abs(last[cell]);
        double moved = PROPORTIONAL_VOLTS * fresh + INTEGRAL_VOLTS * Math.abs(error);
        volts[cell] = Math.clamp(volts[cell] + moved, 0, mostVolts);
      } else {
        volts[cell] = 0;
      }
      last[cell] = error;
      return new Shot((int) Math.signum(error), (int) Math.round(volts[cell] / STEP_VOLTS));
    }

    @Override
    public PulseTrain train(short[] counts, int rung) {
      return ladder.train(counts, rung);
    }
  }
}
