package org.mortal.sim.circuit.network;

/// The fast solver: conjugate gradients on the bit lines, with whole lines solved exactly at each step.
///
/// For given bit-line voltages the word lines are ladders, and the other way round, so only the bit lines are unknown
/// and their ladders precondition them. The product with the matrix is never formed from segment conductances: what a
/// perfect or nearly perfect wire conducts cancels before it is computed.
///
/// Sources: Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems", J. Res. NBS 49 (1952);
/// for the halved system, Reid, "The use of conjugate gradients for systems of linear equations possessing Property A",
/// SIAM J. Numer. Anal. 9 (1972).
public final class LineConjugateGradients implements LinearSolver {
  /// Of the residual to the right side, both weighted by the bit lines' ladders.
  private static final double TOLERANCE = 1e-13;

  /// After as many the residual is made anew from the solution, against rounding.
  private static final int ROUND = 200;

  private static final int ROUNDS = 25;

  private final NodeEquations equations;
  private final Ladders words;
  private final Ladders bits;
  private final double[] siemens;
  private final double[] heldRows;
  private final double[] heldColumns;
  private final double[] none;

  // Vectors over all cells, for bit lines row by row and for word lines column by column.
  private final double[] volts;
  private final double[] residual;
  private final double[] direction;
  private final double[] directionAmps;
  private final double[] product;
  private final double[] step;
  private final double[] wordVolts;
  private final double[] wordAmps;
  private final double[] wordSources;
  private final double[] scratch;

  private int iterations;

  public LineConjugateGradients(NodeEquations equations) {
    this.equations = equations;
    int rows = equations.rows();
    int columns = equations.columns();
    this.words = new Ladders(rows, columns, true, equations.wires().rowSegmentOhms());
    this.bits = new Ladders(columns, rows, false, equations.wires().columnSegmentOhms());
    int cells = equations.cells();
    this.siemens = new double[cells];
    this.heldRows = new double[rows];
    this.heldColumns = new double[columns];
    this.none = new double[Math.max(rows, columns)];
    this.volts = new double[cells];
    this.residual = new double[cells];
    this.direction = new double[cells];
    this.directionAmps = new double[cells];
    this.product = new double[cells];
    this.step = new double[cells];
    this.wordVolts = new double[cells];
    this.wordAmps = new double[cells];
    this.wordSources = new double[cells];
    this.scratch = new double[cells];
  }

  @Override
  public NodeEquations equations() {
    return equations;
  }

  /// Iterations of the last solution.
  public int iterations() {
    return iterations;
  }

  @Override
  public void conductances(double[] cellSiemens) {
    equations.check(cellSiemens);
    System.arraycopy(cellSiemens, 0, siemens, 0, siemens.length);
    Transpose.of(siemens, equations.rows(), equations.columns(), wordAmps);
    boolean[] ties = equations.ties(siemens);
    double[] rowTerminals = new double[equations.rows()];
    for (int i = 0; i < rowTerminals.length; i++) {
      rowTerminals[i] =
          terminal(ties[i], equations.rowDriven()[i], equations.wires().rowDriverOhms());
    }
    double[] columnTerminals = new double[equations.columns()];
    for (int j = 0; j < columnTerminals.length; j++) {
      columnTerminals[j] =
          terminal(
              ties[equations.rows() + j],
              equations.columnDriven()[j],
              equations.wires().columnTerminalOhms());
    }
    words.factor(wordAmps, rowTerminals);
    bits.factor(siemens, columnTerminals);
  }

  private static double terminal(boolean tied, boolean driven, double ohms) {
    if (tied) {
      return 1;
    }
    return driven ? 1 / ohms : 0;
  }

  @Override
  public void solve(double[] amps, double[] nodeVolts) {
    int cells = siemens.length;
    hold(nodeVolts);
    Transpose.of(amps, equations.rows(), equations.columns(), wordSources);
    System.arraycopy(nodeVolts, cells, volts, 0, cells);
    iterations = 0;
    double scale = sweep(amps);
    for (int round = 0; residualPower() > TOLERANCE * TOLERANCE * scale; round++) {
      if (round == ROUNDS) {
        throw new ArithmeticException(
            "the node equations of %d x %d cells did not converge in %d iterations: conductances differ by too much"
                .formatted(equations.rows(), equations.columns(), iterations));
      }
      iterate(TOLERANCE * TOLERANCE * scale);
      scale = sweep(amps);
    }
    Transpose.of(wordVolts, equations.columns(), equations.rows(), nodeVolts);
    System.arraycopy(volts, 0, nodeVolts, cells, cells);
  }

  /// Solves word lines, bit lines and word lines again, each for the voltages of the others, which leaves a residual at
  /// the bit lines only.
  ///
  /// @return the power that the cells would take if either of their ends were at ground: the scale of the residual
  private double sweep(double[] amps) {
    int cells = siemens.length;
    wordLines(volts, true);
    Transpose.of(wordVolts, equations.columns(), equations.rows(), scratch);
    Vectors.multiply(siemens, scratch, residual);
    double power = Vectors.dot(scratch, residual);
    System.arraycopy(amps, cells, step, 0, cells);
    Vectors.add(1, residual, step);
    bits.solve(step, heldColumns, volts);
    wordLines(volts, true);
    Transpose.of(wordVolts, equations.columns(), equations.rows(), step);
    for (int k = 0; k < cells; k++) {
      residual[k] = siemens[k] * (step[k] - scratch[k]);
    }
    Vectors.multiply(siemens, volts, scratch);
    return power + Vectors.dot(volts, scratch);
  }

  /// The residual weighted by the bit lines' ladders.
  private double residualPower() {
    bits.solve(residual, none, step);
    return Vectors.dot(residual, step);
  }

  /// Conjugate gradients from the residual of a sweep, until its power is down to `enough`.
  private void iterate(double enough) {
    int cells = siemens.length;
    double power = residualPower();
    System.arraycopy(step, 0, direction, 0, cells);
    System.arraycopy(residual, 0, directionAmps, 0, cells);
    for (int n = 0; n < ROUND && power > enough; n++) {
      wordLines(direction, false);
      Transpose.of(wordVolts, equations.columns(), equations.rows(), product);
      for (int k = 0; k < cells; k++) {
        product[k] = directionAmps[k] - siemens[k] * product[k];
      }
      double length = power / Vectors.dot(direction, product);
      Vectors.add(length, direction, volts);
      Vectors.add(-length, product, residual);
      double before = power;
      power = residualPower();
      Vectors.scaleAndAdd(power / before, step, direction);
      // The bit lines' own matrix times the direction, by the same recurrence.
      Vectors.scaleAndAdd(power / before, residual, directionAmps);
      iterations++;
    }
  }

  /// Solves the word lines for given bit lines.
  ///
  /// @param sources whether with what is injected and held, else for the cells' currents alone
  private void wordLines(double[] bitVolts, boolean sources) {
    Vectors.multiply(siemens, bitVolts, product);
    Transpose.of(product, equations.rows(), equations.columns(), wordAmps);
    if (sources) {
      Vectors.add(1, wordSources, wordAmps);
    }
    words.solve(wordAmps, sources ? heldRows : none, wordVolts);
  }

  private void hold(double[] volts) {
    for (int i = 0; i < heldRows.length; i++) {
      heldRows[i] = equations.holdsRow(i) ? volts[equations.word(i, 0)] : 0;
    }
    for (int j = 0; j < heldColumns.length; j++) {
      int last = equations.bit(equations.rows() - 1, j);
      heldColumns[j] = equations.holdsColumn(j) ? volts[last] : 0;
    }
  }
}
