package org.mortal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Products;
import org.mortal.sim.device.Conduction.Term;

/// Reads of cells that bend their current on lines that are all held and have no resistance: a law that is a sum of products of
/// a function of the voltage and one of the conductance makes a batch as many matrix products.
final class BentProducts {

  /// What the terms make of the cells at one version of them, sensed in one way.
  private record Maps(long version, Read.Sense sense, List<Batch> maps) {
    static final Maps NONE = new Maps(-1, null, List.of());

    boolean fit(PresentCells cells, Read.Sense other) {
      return version == cells.version() && sense == other;
    }
  }

  private final Geometry geometry;
  private final List<Term> terms;
  private final Products products;
  private Maps signal = Maps.NONE;
  private Maps noise = Maps.NONE;
  private double[][] rowSums = new double[0][];

  /// @param terms at least one
  BentProducts(Geometry geometry, List<Term> terms, Products products) {
    this.geometry = geometry;
    this.terms = terms;
    this.products = products;
  }

  /// The currents of a batch.
  ///
  /// @param uniform variance of conductance that all cells have beside their own
  /// @param volts vectors x driven rows
  /// @param outputs how many to sense
  Currents read(PresentCells cells, double uniform, Batch volts, Read.Sense sense, int outputs) {
    List<Batch> inputs = new ArrayList<>();
    for (Term term : terms) {
      inputs.add(map(volts, term.volts()));
    }
    signal = signal.fit(cells, sense) ? signal : signalMaps(cells, sense);
    Batch amps = Batch.zeros(volts.rows(), outputs);
    double watts = 0;
    for (int k = 0; k < terms.size(); k++) {
      add(inputs.get(k), signal.maps().get(k), 1, amps);
      watts += watts(volts, inputs.get(k), rowSums[k]);
    }
    Batch variances = null;
    if (uniform > 0 || cells.variance() != null) {
      variances = Batch.zeros(volts.rows(), outputs);
      noise = noise.fit(cells, sense) ? noise : noiseMaps(cells, uniform, sense);
      int pair = 0;
      for (int k = 0; k < terms.size(); k++) {
        for (int l = k; l < terms.size(); l++) {
          add(
              times(inputs.get(k), inputs.get(l)),
              noise.maps().get(pair++),
              k == l ? 1 : 2,
              variances);
        }
      }
    }
    return new Currents.Solved(amps, variances, watts);
  }

  private static Batch map(Batch volts, DoubleUnaryOperator function) {
    Batch mapped = Batch.zeros(volts.rows(), volts.columns());
    float[] row = new float[volts.columns()];
    for (int n = 0; n < volts.rows(); n++) {
      volts.getRow(n, row);
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] == 0 ? 0 : (float) function.applyAsDouble(row[i]);
      }
      mapped.setRow(n, row);
    }
    return mapped;
  }

  private static Batch times(Batch one, Batch other) {
    Batch product = Batch.zeros(one.rows(), one.columns());
    float[] a = new float[one.columns()];
    float[] b = new float[one.columns()];
    for (int n = 0; n < one.rows(); n++) {
      one.getRow(n, a);
      other.getRow(n, b);
      for (int i = 0; i < a.length; i++) {
        a[i] *= b[i];
      }
      product.setRow(n, a);
    }
    return product;
  }

  private void add(Batch inputs, Batch map, float factor, Batch sums) {
    int width = ArrayMap.padded(sums.columns());
    Batch product = Batch.zeros(inputs.rows(), width);
    products.multiplyRows(inputs, map.rows(0, inputs.columns()).columns(0, width), product);
    float[] sum = new float[sums.columns()];
    float[] more = new float[width];
    for (int n = 0; n < sums.rows(); n++) {
      sums.getRow(n, sum);
      product.getRow(n, more);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += factor * more[j];
      }
      sums.setRow(n, sum);
    }
  }

  private static double watts(Batch volts, Batch inputs, double[] rowSum) {
    double watts = 0;
    float[] v = new float[volts.columns()];
    float[] p = new float[volts.columns()];
    for (int n = 0; n < volts.rows(); n++) {
      volts.getRow(n, v);
      inputs.getRow(n, p);
      for (int i = 0; i < v.length; i++) {
        watts += v[i] * p[i] * rowSum[i];
      }
    }
    return watts;
  }

  private Maps signalMaps(PresentCells cells, Read.Sense sense) {
    List<Batch> maps = new ArrayList<>();
    rowSums = new double[terms.size()][geometry.rows()];
    for (int k = 0; k < terms.size(); k++) {
      maps.add(signalMap(cells, terms.get(k), rowSums[k], sense));
    }
    return new Maps(cells.version(), sense, maps);
  }

  /// One for each pair of terms.
  private Maps noiseMaps(PresentCells cells, double uniform, Read.Sense sense) {
    List<Batch> maps = new ArrayList<>();
    for (int k = 0; k < terms.size(); k++) {
      for (int l = k; l < terms.size(); l++) {
        maps.add(noiseMap(cells, uniform, terms.get(k), terms.get(l), sense));
      }
    }
    return new Maps(cells.version(), sense, maps);
  }

  private Batch signalMap(PresentCells cells, Term term, double[] rowSum, Read.Sense sense) {
    Batch map = Batch.spaced(geometry.rows(), ArrayMap.padded(geometry.outputs()));
    double[] row = new double[geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = term.siemens().applyAsDouble(cells.siemens()[r][c]);
        rowSum[r] += row[c];
      }
      map.setRow(r, combine(row, sense, -1));
    }
    return map;
  }

  /// A cell's noise is in proportion to the current that it carries, and so its variance to the square of it.
  private Batch noiseMap(
      PresentCells cells, double uniform, Term one, Term other, Read.Sense sense) {
    Batch map = Batch.spaced(geometry.rows(), ArrayMap.padded(geometry.outputs()));
    double[] row = new double[geometry.columns()];
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < row.length; c++) {
        double siemens = cells.siemens()[r][c];
        double own = cells.variance() == null ? 0 : cells.variance()[r][c];
        double bend =
            one.siemens().applyAsDouble(siemens)
                * other.siemens().applyAsDouble(siemens)
                / (siemens * siemens);
        row[c] = siemens > 0 ? bend * (own + uniform) : 0;
      }
      map.setRow(r, combine(row, sense, 1));
    }
    return map;
  }

  private float[] combine(double[] columns, Read.Sense sense, int sign) {
    float[] outputs = new float[ArrayMap.padded(geometry.outputs())];
    for (int j = 0; j < geometry.outputs(); j++) {
      outputs[j] = Outputs.of(geometry, columns, sense, sign, j);
    }
    return outputs;
  }
}
