package org.mortal.bench.calibrate.check;

import org.mortal.bench.selftest.Check;
import org.mortal.chip.Cell;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.OutputCurve;

/// Every cell by vectors of a few rows, with one half of the pairs at a time.
///
/// Where the map is right what other cells do is noise alone, so each cell is looked at by itself; the noise that is seen
/// has the errors of all other cells in it.
final class CellCheck {
  private final Probe probe;
  private final int count;

  CellCheck(Probe probe, int count) {
    this.probe = probe;
    this.count = count;
  }

  Check run() {
    Deviations cells = new Deviations("conductance", probe.array());
    for (Read.Sense sense : probe.halves()) {
      float[][] vectors = probe.sparse(count, sense);
      double[][] error = error(vectors, sense);
      double[] variance = new double[probe.geometry().outputs()];
      for (double[] one : error) {
        for (int j = 0; j < variance.length; j++) {
          variance[j] += one[j] * one[j] / count;
        }
      }
      for (int i = 0; i < probe.geometry().rows(); i++) {
        row(cells, i, sense, centred(vectors, i), error, variance);
      }
    }
    return cells.check();
  }

  private double[][] error(float[][] vectors, Read.Sense sense) {
    double[][] error = probe.predicted(vectors, sense);
    float[][] read = probe.read(vectors, null, sense);
    for (int n = 0; n < count; n++) {
      for (int j = 0; j < error[n].length; j++) {
        error[n][j] = read[n][j] - error[n][j];
      }
    }
    return error;
  }

  /// Volts of a row, less their mean: an offset is not the cell's.
  private double[] centred(float[][] vectors, int row) {
    double[] volts = new double[count];
    double mean = 0;
    for (int n = 0; n < count; n++) {
      volts[n] = vectors[n][row] * probe.volts();
      mean += volts[n] / count;
    }
    for (int n = 0; n < count; n++) {
      volts[n] -= mean;
    }
    return volts;
  }

  private void row(
      Deviations cells,
      int row,
      Read.Sense sense,
      double[] volts,
      double[][] error,
      double[] variance) {
    double[] products = new double[variance.length];
    double squares = 0;
    for (int n = 0; n < count; n++) {
      squares += volts[n] * volts[n];
      for (int j = 0; j < products.length; j++) {
        products[j] += volts[n] * error[n][j];
      }
    }
    CellMap map = probe.calibration().cells();
    for (int c = 0; squares > 0 && c < probe.geometry().columns(); c++) {
      double sign = probe.sign(c, sense);
      if (sign != 0) {
        int j = c % products.length;
        double siemens = sign * products[j] / squares;
        double noise = Math.sqrt(variance[j] / squares);
        OutputCurve curve = probe.calibration().outputs()[j];
        double gain = map.siemens()[row][c] * curve.gainError() / curve.gain();
        double stated = Math.hypot(map.errorSiemens()[row][c], gain);
        cells.add(siemens / Math.hypot(noise, stated), new Cell(row, c));
      }
    }
  }
}
