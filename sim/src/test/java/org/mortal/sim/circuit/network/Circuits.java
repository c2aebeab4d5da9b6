package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Wires;

/// Random arrays to solve, and their solution by dense algebra.
final class Circuits {
  private Circuits() {}

  /// One array with something applied to it.
  record Circuit(NodeEquations equations, double[] siemens, Terminals terminals) {

    /// Volts at all nodes.
    double[] solve(LinearSolver solver) {
      solver.conductances(siemens);
      double[] amps = new double[equations.nodes()];
      double[] volts = new double[equations.nodes()];
      equations.inject(terminals, amps, volts);
      solver.solve(amps, volts);
      return volts;
    }

    double[] columnAmps(double[] volts) {
      return equations.columnAmps(siemens, volts);
    }
  }

  /// Conductances from `least` to `most`, spread evenly over the decades.
  static double[] siemens(RandomGenerator random, int cells, double least, double most) {
    double[] siemens = new double[cells];
    Arrays.setAll(siemens, k -> least * Math.pow(most / least, random.nextDouble()));
    return siemens;
  }

  static double[] volts(RandomGenerator random, int count) {
    double[] volts = new double[count];
    Arrays.setAll(volts, k -> random.nextDouble(-0.2, 0.2));
    return volts;
  }

  /// An array of up to 12 x 12 cells whose four resistances all differ.
  ///
  /// @param floating which part of the lines floats
  static Circuit any(long seed, double least, double most, double floating) {
    RandomGenerator random = new Philox(Philox.key(seed, 0));
    int rows = random.nextInt(1, 13);
    int columns = random.nextInt(1, 13);
    Wires wires =
        new Wires(
            random.nextDouble(0.1, 20),
            random.nextDouble(0.1, 20),
            random.nextDouble(0.1, 2000),
            random.nextDouble(0.1, 2000),
            0);
    double[] rowVolts = volts(random, rows);
    double[] columnVolts = volts(random, columns);
    letFloat(random, floating, rowVolts);
    letFloat(random, floating, columnVolts);
    return of(
        wires, siemens(random, rows * columns, least, most), new Terminals(rowVolts, columnVolts));
  }

  static Circuit of(Wires wires, double[] siemens, Terminals terminals) {
    return new Circuit(NodeEquations.of(wires, terminals), siemens, terminals);
  }

  private static void letFloat(RandomGenerator random, double part, double[] volts) {
    for (int i = 0; i < volts.length; i++) {
      if (random.nextDouble() < part) {
        volts[i] = Double.NaN;
      }
    }
  }

  /// Node voltages by LU decomposition of the whole matrix; no resistance may be zero.
  static double[] dense(Circuit circuit) {
    NodeEquations equations = circuit.equations();
    double[][] matrix = new double[equations.nodes()][equations.nodes()];
    double[] right = new double[equations.nodes()];
    Wires wires = equations.wires();
    for (int i = 0; i < equations.rows(); i++) {
      source(
          matrix,
          right,
          equations.word(i, 0),
          circuit.terminals().rowVolts()[i],
          wires.rowDriverOhms());
      for (int j = 0; j < equations.columns(); j++) {
        int word = equations.word(i, j);
        int bit = equations.bit(i, j);
        branch(matrix, word, bit, circuit.siemens()[word]);
        if (j > 0) {
          branch(matrix, word, equations.word(i, j - 1), 1 / wires.rowSegmentOhms());
        }
        if (i > 0) {
          branch(matrix, bit, equations.bit(i - 1, j), 1 / wires.columnSegmentOhms());
        }
      }
    }
    for (int j = 0; j < equations.columns(); j++) {
      source(
          matrix,
          right,
          equations.bit(equations.rows() - 1, j),
          circuit.terminals().columnVolts()[j],
          wires.columnTerminalOhms());
    }
    return new LUDecomposition(new Array2DRowRealMatrix(matrix, false))
        .getSolver()
        .solve(new ArrayRealVector(right, false))
        .toArray();
  }

  private static void branch(double[][] matrix, int a, int b, double siemens) {
    matrix[a][a] += siemens;
    matrix[b][b] += siemens;
    matrix[a][b] -= siemens;
    matrix[b][a] -= siemens;
  }

  private static void source(
      double[][] matrix, double[] right, int node, double volts, double ohms) {
    if (!Double.isNaN(volts)) {
      matrix[node][node] += 1 / ohms;
      right[node] += volts / ohms;
    }
  }
}
