package org.mortal.chip;

import java.util.HashSet;
import java.util.Set;
import org.mortal.kernel.Batch;

/// One array of an [ExactChip]: every cell takes its pulses whole and is read without noise.
public final class ExactCrossbar implements Crossbar {
  private final ExactChip chip;
  private final double[] siemens;
  private final Set<Integer> stuck = new HashSet<>();
  private float offsetAmps;

  ExactCrossbar(ExactChip chip) {
    this.chip = chip;
    this.siemens = new double[geometry().cells()];
    java.util.Arrays.fill(siemens, limits().minSiemens());
  }

  /// From now on `cell` stays where it is.
  public void stick(Cell cell) {
    stuck.add(geometry().index(cell));
  }

  /// From now on every output reads this much more.
  public void offset(double amps) {
    offsetAmps = (float) amps;
  }

  public double siemens(int row, int column) {
    return siemens[geometry().index(new Cell(row, column))];
  }

  @Override
  public Geometry geometry() {
    return chip.geometry();
  }

  @Override
  public Limits limits() {
    return chip.limits();
  }

  @Override
  public void read(Read read, Batch amps) {
    chip.checkOpen();
    read.checkShapes(geometry(), amps);
    checkVolts(read);
    checkBias(read);
    for (int n = 0; n < amps.rows(); n++) {
      for (int j = 0; j < amps.columns(); j++) {
        Batch biases = read.biasAmps();
        double bias = biases == null ? 0 : biases.get(biases.rows() == 1 ? 0 : n, j);
        amps.set(n, j, (float) (current(read, n, j) + bias + offsetAmps));
      }
    }
    chip.charge(amps.rows(), 0, 0);
  }

  @Override
  public boolean canReadTransposed() {
    return true;
  }

  @Override
  public void readTransposed(ColumnRead read, Batch amps) {
    chip.checkOpen();
    read.checkShapes(geometry(), amps);
    for (int n = 0; n < read.inputs().rows(); n++) {
      for (int j = 0; j < read.inputs().columns(); j++) {
        float volts = (float) (read.inputs().get(n, j) * read.voltsPerUnit());
        double limit = limits().maxReadVolts();
        if (!(Math.abs(volts) <= (float) limit)) {
          refuse("output voltage", volts, volts < 0 ? -limit : limit, "V", "output " + j);
        }
      }
    }
    for (int n = 0; n < amps.rows(); n++) {
      for (int i = 0; i < amps.columns(); i++) {
        amps.set(n, i, (float) (rowCurrent(read, n, i) + offsetAmps));
      }
    }
    chip.charge(amps.rows(), 0, 0);
  }

  private double rowCurrent(ColumnRead read, int n, int i) {
    boolean pairs = geometry().sensing() == Sensing.DIFFERENTIAL;
    double sum = 0;
    for (int j = 0; j < read.inputs().columns(); j++) {
      int first = i * geometry().columns() + j;
      double minus = pairs ? siemens[first + geometry().outputs()] : 0;
      sum += read.inputs().get(n, j) * read.voltsPerUnit() * (siemens[first] - minus);
    }
    return sum;
  }

  private double current(Read read, int n, int j) {
    boolean pairs = geometry().sensing() == Sensing.DIFFERENTIAL;
    double sum = 0;
    for (int i = 0; i < read.inputs().columns(); i++) {
      int first = i * geometry().columns() + j;
      double plus = read.sense() == Read.Sense.MINUS ? 0 : siemens[first];
      boolean subtract = pairs && read.sense() != Read.Sense.PLUS;
      double minus = subtract ? siemens[first + geometry().outputs()] : 0;
      sum += read.inputs().get(n, i) * read.voltsPerUnit() * (plus - minus);
    }
    return sum;
  }

  private void checkVolts(Read read) {
    for (int n = 0; n < read.inputs().rows(); n++) {
      for (int i = 0; i < read.inputs().columns(); i++) {
        float volts = (float) (read.inputs().get(n, i) * read.voltsPerUnit());
        boolean below = volts < 0;
        if (!(volts >= 0 && volts <= (float) limits().maxReadVolts())) {
          double limit = below ? 0 : limits().maxReadVolts();
          refuse("row voltage", volts, limit, "V", "row " + i);
        }
      }
    }
  }

  private void checkBias(Read read) {
    for (int n = 0; read.biasAmps() != null && n < read.biasAmps().rows(); n++) {
      for (int j = 0; j < read.biasAmps().columns(); j++) {
        float bias = read.biasAmps().get(n, j);
        if (!(Math.abs(bias) <= (float) limits().maxBiasAmps())) {
          refuse("bias current", bias, limits().maxBiasAmps(), "A", "output " + j);
        }
      }
    }
  }

  private static void refuse(String what, double actual, double limit, String unit, String where) {
    throw new ChipException(new Fault.OutOfLimits(what, actual, limit, unit, where));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.checkOpen();
    limits().check(geometry(), train);
    long pulses = 0;
    long cells = 0;
    for (int i = 0; i < siemens.length; i++) {
      int count = train.counts()[i];
      pulses += Math.abs(count);
      cells += count == 0 ? 0 : 1;
      if (!stuck.contains(i)) {
        boolean toTheTop = count > 0 && limits().write().abruptSet();
        double step = toTheTop ? limits().windowSiemens() : limits().write().stepSiemens();
        double now = siemens[i] + count * step;
        siemens[i] = Math.clamp(now, limits().minSiemens(), limits().maxSiemens());
      }
    }
    chip.charge(0, pulses, cells);
  }
}
