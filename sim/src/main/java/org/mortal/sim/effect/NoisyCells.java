package org.mortal.sim.effect;

import org.mortal.sim.device.Spread;
import org.mortal.sim.device.Window;

/// White read noise whose standard deviation is a law of the conductance. No state, no quirks.
final class NoisyCells implements CellEffect {
  private final Spread spread;
  private final Window window;
  private final int columns;

  NoisyCells(Spread spread, Window window, int columns) {
    this.spread = spread;
    this.window = window;
    this.columns = columns;
  }

  @Override
  public void addVariance(int row, long nanos, float[] written, float[] siemens, float[] variance) {
    for (int c = 0; c < columns; c++) {
      double sigma = spread.sigma(window.siemens(written[c]), siemens[c]);
      variance[c] += (float) (sigma * sigma);
    }
  }
}
