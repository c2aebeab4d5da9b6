package org.mortal.bench.program;

import org.mortal.bench.run.RunException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Gate;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;

/// `gate-voltage`: SET pulses of the highest amplitude, each as far as the gate of the cell's transistor lets it; the gate is raised
/// step by step until the target is reached. A cell that has gone too far is reset below its target and comes again from two
/// steps lower.
///
/// Where to begin follows from the data sheet's line, with room for cells that conduct more than it says. Arrays whose gates
/// cannot be set are refused.
///
/// Source: incremental gate voltage with verify, as compared with incremental step pulses in "Variability and Energy Consumption
/// Tradeoffs in Multilevel Programming of RRAM Arrays", IEEE Transactions on Electron Devices (2021).
record GateVoltage() implements Method {
  private static final double STEP_VOLTS = 0.02;

  /// Of the target, what the first SET pulse may reach.
  private static final double BEGIN = 0.6;

  @Override
  public String name() {
    return "gate-voltage";
  }

  @Override
  public String description() {
    return "SET pulses that go as far as the gate lets them, which is raised step by step";
  }

  @Override
  public Pulsing pulsing(Crossbar crossbar, Recipe recipe) {
    Limits limits = crossbar.limits();
    if (limits.gate() == null) {
      throw new RunException(
          "gate-voltage needs an array whose gates can be set: leave it out, or take a profile with a section cells.gate",
          null);
    }
    return new RisingGate(limits, recipe.ladder(limits), crossbar.geometry().cells());
  }

  @Override
  public int rounds() {
    return 200;
  }

  private static final class RisingGate implements Pulsing {
    /// The train of RESET pulses, which the gate does not limit.
    private static final int RESET = -1;

    private final Gate gate;
    private final Ladder ladder;
    private final int top;
    private final int[] rung;
    private final NominalPulses nominal;

    RisingGate(Limits limits, Ladder ladder, int cells) {
      this.gate = limits.gate();
      this.ladder = ladder;
      this.top = (int) ((gate.maxVolts() - gate.thresholdVolts()) / STEP_VOLTS);
      this.rung = new int[cells];
      this.nominal = new NominalPulses(limits);
    }

    @Override
    public Shot next(int cell, double errorSiemens, double siemens) {
      if (errorSiemens < 0) {
        rung[cell] = Math.max(1, rung[cell] - 2);
        double below = errorSiemens - 2 * STEP_VOLTS * gate.siemensPerVolt();
        return new Shot(nominal.next(cell, below, siemens).count(), RESET);
      }
      int first = (int) (BEGIN * (siemens + errorSiemens) / gate.siemensPerVolt() / STEP_VOLTS);
      rung[cell] = rung[cell] == 0 ? Math.max(1, first) : rung[cell] + 1;
      return rung[cell] > top ? Shot.NONE : new Shot(1, rung[cell]);
    }

    @Override
    public PulseTrain train(short[] counts, int rung) {
      return rung == RESET
          ? nominal.train(counts, 0)
          : ladder
              .train(counts, ladder.top())
              .withGate(Math.min(gate.maxVolts(), gate.thresholdVolts() + rung * STEP_VOLTS));
    }
  }
}
