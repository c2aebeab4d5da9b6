package org.mortal.bench.calibrate.check;

import java.util.Arrays;
import java.util.TreeSet;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.Cell;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.Thresholds;
import org.mortal.kernel.Batch;

/// The amplitude by which cells of a sample have moved a tenth of the window, under pulses of rising amplitude: SET from the low
/// end of the window and RESET from the high one. A long staircase is what defines it, so this one is as the calibration's.
final class ThresholdCheck {
  private static final int SAMPLE = 64;
  private static final double MOVED = 0.1;
  private static final int STEPS = 16;

  /// Of the nominal amplitude.
  private static final double LOWEST = 0.4;

  private static final double HIGHEST = 1.2;

  /// Of the threshold: what follows from where the steps lie.
  private static final double TOLERANCE = 0.01;

  private static final int READS = 16;

  private final Probe probe;
  private final Geometry geometry;
  private final Limits limits;
  private final ProgramVerify verify;
  private final int[] sample;

  ThresholdCheck(Probe probe) {
    this.probe = probe;
    this.geometry = probe.geometry();
    this.limits = probe.limits();
    this.verify = new ProgramVerify(probe.crossbar());
    this.sample = sample();
  }

  /// One cell that answers on each row in turn.
  private int[] sample() {
    CellMap map = probe.calibration().cells();
    TreeSet<Integer> cells = new TreeSet<>();
    for (int k = 0; k < Math.min(SAMPLE, geometry.cells()); k++) {
      int row = k % geometry.rows();
      int column = probe.random().nextInt(geometry.columns());
      if (map.stuck() == null || !map.stuck()[row][column]) {
        cells.add(geometry.index(new Cell(row, column)));
      }
    }
    return cells.stream().mapToInt(Integer::intValue).toArray();
  }

  Check run() {
    Thresholds then = probe.calibration().thresholds();
    Thresholds now = measure();
    Deviations thresholds = new Deviations("thresholds", probe.array());
    double chance = 1.2533 * Math.sqrt(1.0 / then.cells() + 1.0 / now.cells());
    double set = Math.hypot(chance * now.setSpread(), TOLERANCE * now.setVolts());
    double reset = Math.hypot(chance * now.resetSpread(), TOLERANCE * now.resetVolts());
    thresholds.add((now.setVolts() - then.setVolts()) / set, "SET");
    thresholds.add((now.resetVolts() - then.resetVolts()) / reset, "RESET");
    return thresholds.check();
  }

  /// Leaves the cells of the sample somewhere in the window.
  Thresholds measure() {
    double setVolts = limits.write().setVolts();
    double resetVolts = limits.write().resetVolts();
    give(-2 * pulses(1), setVolts, resetVolts);
    double[] set = staircase(1, setVolts);
    give(2 * pulses(1), setVolts, resetVolts);
    double[] reset = staircase(-1, resetVolts);
    return new Thresholds(
        new Median().evaluate(set),
        Math.sqrt(StatUtils.variance(set)),
        new Median().evaluate(reset),
        Math.sqrt(StatUtils.variance(reset)),
        Math.min(set.length, reset.length));
  }

  private int pulses(double share) {
    double wanted = share * limits.windowSiemens() / limits.write().stepSiemens();
    return (int) Math.max(1, Math.rint(wanted));
  }

  /// @param count in as many trains as the limits ask for
  private void give(int count, double setVolts, double resetVolts) {
    int most = limits.maxPulses();
    for (int left = count; left != 0; ) {
      int some = Math.clamp(left, -most, most);
      short[] counts = new short[geometry.cells()];
      for (int cell : sample) {
        counts[cell] = (short) some;
      }
      double seconds = limits.write().seconds();
      probe.crossbar().pulse(new PulseTrain(counts, setVolts, resetVolts, seconds));
      left -= some;
    }
  }

  /// The thresholds of those cells that have one on the way, between two steps by interpolation.
  private double[] staircase(int sign, double nominalVolts) {
    double highest = Math.min(HIGHEST * nominalVolts, limits.maxPulseVolts());
    double lowest = Math.min(LOWEST * nominalVolts, highest / 2);
    double wanted = MOVED * limits.windowSiemens();
    double[] first = siemens();
    double[] moved = new double[first.length];
    double[] found = new double[first.length];
    double volts = lowest;
    for (int step = 0; step < STEPS; step++) {
      double below = volts;
      volts = lowest + (highest - lowest) * step / (STEPS - 1.0);
      give(sign * pulses(MOVED), volts, volts);
      double[] now = siemens();
      for (int k = 0; k < now.length; k++) {
        double move = sign * (now[k] - first[k]);
        if (found[k] == 0 && move >= wanted) {
          found[k] = below + (volts - below) * (wanted - moved[k]) / (move - moved[k]);
        }
        moved[k] = move;
      }
    }
    return Arrays.stream(found).filter(one -> one > 0).toArray();
  }

  private double[] siemens() {
    Batch all = verify.measure(READS);
    return Arrays.stream(sample)
        .mapToDouble(i -> all.get(i / geometry.columns(), i % geometry.columns()))
        .toArray();
  }
}
