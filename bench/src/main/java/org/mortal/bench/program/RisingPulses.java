package org.mortal.bench.program;

import org.mortal.chip.PulseTrain;

/// One pulse at a time, each higher than the last, until the cell has crossed its target; then from the foot of the ladder with
/// the other polarity.
///
/// Gives a cell up after too many pulses at the highest amplitude or too many changes of polarity.
final class RisingPulses implements Pulsing {
  private static final int MOST_AT_TOP = 30;
  private static final int MOST_LOOPS = 20;

  private final Ladder ladder;
  private final int top;
  private final int[] rung;
  private final int[] atTop;
  private final int[] loops;
  private final double[] polarity;

  RisingPulses(Ladder ladder, int cells) {
    this.ladder = ladder;
    this.top = ladder.top();
    this.rung = new int[cells];
    this.atTop = new int[cells];
    this.loops = new int[cells];
    this.polarity = new double[cells];
  }

  @Override
  public Shot next(int cell, double errorSiemens, double siemens) {
    double sign = Math.signum(errorSiemens);
    if (sign == polarity[cell]) {
      rung[cell] = Math.min(top, rung[cell] + 1);
    } else {
      polarity[cell] = sign;
      rung[cell] = 0;
      loops[cell]++;
    }
    atTop[cell] += rung[cell] == top ? 1 : 0;
    boolean more = atTop[cell] <= MOST_AT_TOP && loops[cell] <= MOST_LOOPS;
    return more ? new Shot((int) sign, rung[cell]) : Shot.NONE;
  }

  @Override
  public PulseTrain train(short[] counts, int rung) {
    return ladder.train(counts, rung);
  }
}
