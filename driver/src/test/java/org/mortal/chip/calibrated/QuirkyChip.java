package org.mortal.chip.calibrated;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// An exact chip with all quirks that a calibration speaks of, number by number in plain arithmetic: the calibration is right.
final class QuirkyChip extends ForwardingChip {
  private final Calibration calibration;
  private final List<Quirky> arrays = new ArrayList<>();

  /// Calls that concerned several arrays at once.
  int calls;

  /// What all conductances have become, for one at the calibration.
  double drifted = 1;

  QuirkyChip(Chip exact, Calibration calibration) {
    super(exact);
    this.calibration = calibration;
    for (int i = 0; i < exact.arrays().size(); i++) {
      arrays.add(new Quirky(i, exact.arrays().get(i)));
    }
  }

  @Override
  protected Crossbar before(int index, Crossbar crossbar) {
    return arrays.get(index);
  }

  @Override
  public void read(List<ArrayRead> reads) {
    calls++;
    super.read(reads);
  }

  private final class Quirky implements Crossbar {
    private final int array;
    private final Crossbar exact;
    private final double[] carried;

    Quirky(int array, Crossbar exact) {
      this.array = array;
      this.exact = exact;
      this.carried = new double[exact.geometry().outputs()];
    }

    @Override
    public Geometry geometry() {
      return exact.geometry();
    }

    @Override
    public Limits limits() {
      return exact.limits();
    }

    @Override
    public void pulse(PulseTrain train) {
      exact.pulse(train);
    }

    @Override
    public void read(Read read, Batch amps) {
      read.checkShapes(geometry(), amps);
      ArrayCalibration own = calibration.arrays().get(array);
      double highest = limits().maxReadVolts();
      Batch volts = Batch.zeros(read.inputs().rows(), geometry().rows());
      for (int n = 0; n < volts.rows(); n++) {
        for (int i = 0; i < read.inputs().columns(); i++) {
          double share = read.inputs().get(n, i) * read.voltsPerUnit() / highest;
          double factor = factor(own.correction().rows(), i);
          volts.set(n, i, (float) (highest * own.rows()[i].acts(share) / factor));
        }
      }
      Batch lines = Batch.zeros(amps.rows(), geometry().outputs());
      exact.read(new Read(volts, 1, null, read.sense()), lines);
      for (int n = 0; n < amps.rows(); n++) {
        for (int j = 0; j < lines.columns(); j++) {
          double line = drifted * lines.get(n, j) - lost(own.correction(), volts, n, j, read);
          line /= factor(own.correction().outputs(), j);
          carried[j] = own.settlingLeft() * carried[j] + (1 - own.settlingLeft()) * line;
          if (j < amps.columns()) {
            amps.set(n, j, (float) shown(own.outputs()[j], carried[j] + bias(read, n, j)));
          }
        }
      }
    }

    private static double factor(float[] factors, int line) {
      return factors.length == 0 ? 1 : factors[line];
    }

    private double lost(Compensation correction, Batch volts, int n, int j, Read read) {
      int half = geometry().outputs();
      boolean pairs = geometry().sensing() == Sensing.DIFFERENTIAL;
      double sum = 0;
      for (int k = 0; k < correction.rank(); k++) {
        double out = read.sense() == Read.Sense.MINUS ? 0 : correction.out()[k][j];
        if (pairs && read.sense() != Read.Sense.PLUS) {
          out -= correction.out()[k][j + half];
        }
        for (int i = 0; i < geometry().rows(); i++) {
          sum += volts.get(n, i) * correction.in()[i][k] * out;
        }
      }
      return sum;
    }

    private double bias(Read read, int n, int j) {
      return read.biasAmps() == null ? 0 : read.biasAmps().get(read.biasesDiffer() ? n : 0, j);
    }

    private static double shown(OutputCurve curve, double amps) {
      double amplified = curve.gain() * amps + curve.offsetAmps();
      double full = curve.fullScaleAmps();
      return switch (curve.saturation()) {
        case NONE -> amplified;
        case TANH -> full * Math.tanh(amplified / full);
      };
    }
  }
}
