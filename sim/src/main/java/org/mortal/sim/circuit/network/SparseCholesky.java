package org.mortal.sim.circuit.network;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;

/// The plain solver: one sparse Cholesky factorisation for each set of cells, by EJML.
///
/// Nodes that perfect wires join are one unknown, and nodes that a source holds are none. What segments conduct is
/// subtracted from itself: a line that floats keeps as many digits fewer as its segments conduct more than its cells,
/// which is why the fast solver does without.
public final class SparseCholesky implements LinearSolver {
  private static final int HELD = -1;

  private final NodeEquations equations;

  /// For each node its place in the order of elimination, or [#HELD].
  private final int[] unknown;

  private final int unknowns;
  private double[] siemens;
  private LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> factors;

  public SparseCholesky(NodeEquations equations) {
    this.equations = equations;
    this.unknown = new int[equations.nodes()];
    this.unknowns = number();
  }

  @Override
  public NodeEquations equations() {
    return equations;
  }

  private int number() {
    int[] place = new int[equations.nodes()];
    Arrays.fill(place, HELD);
    int[] order = NestedDissection.order(equations);
    int count = 0;
    // Joined nodes come where the last of them would.
    for (int k = order.length - 1; k >= 0; k--) {
      int joined = joined(order[k]);
      if (!held(joined) && place[joined] == HELD) {
        place[joined] = count++;
      }
    }
    for (int node = 0; node < unknown.length; node++) {
      int reversed = place[joined(node)];
      unknown[node] = reversed == HELD ? HELD : count - 1 - reversed;
    }
    return count;
  }

  /// The node at the terminal for all nodes of a perfect line, else the node itself.
  private int joined(int node) {
    boolean word = node < equations.cells();
    double ohms = word ? equations.wires().rowSegmentOhms() : equations.wires().columnSegmentOhms();
    return ohms == 0 ? terminal(node) : node;
  }

  private int terminal(int node) {
    return node < equations.cells()
        ? equations.word(node / equations.columns(), 0)
        : equations.bit(equations.rows() - 1, node % equations.columns());
  }

  private boolean held(int node) {
    if (node != terminal(node)) {
      return false;
    }
    return node < equations.cells()
        ? equations.holdsRow(node / equations.columns())
        : equations.holdsColumn(node % equations.columns());
  }

  @Override
  public void conductances(double[] cellSiemens) {
    equations.check(cellSiemens);
    siemens = cellSiemens.clone();
    Assembly assembly = new Assembly();
    branches(assembly);
    boolean[] ties = equations.ties(siemens);
    for (int line = 0; line < ties.length; line++) {
      if (ties[line]) {
        int rows = equations.rows();
        int node = line < rows ? equations.word(line, 0) : equations.bit(rows - 1, line - rows);
        assembly.ground(node, 1);
      }
    }
    factors = LinearSolverFactory_DSCC.cholesky(FillReducing.NONE);
    if (unknowns > 0 && !factors.setA(assembly.upperTriangle())) {
      throw new ArithmeticException(
          "the node equations of %d x %d cells are singular to working precision: conductances differ by too much"
              .formatted(equations.rows(), equations.columns()));
    }
  }

  @Override
  public void solve(double[] amps, double[] volts) {
    DMatrixRMaj right = new DMatrixRMaj(unknowns, 1);
    for (int node = 0; node < amps.length; node++) {
      if (unknown[node] != HELD) {
        right.data[unknown[node]] += amps[node];
      }
    }
    branches((from, to, branch) -> {
      if (unknown[from] == HELD && unknown[to] != HELD) {
        right.data[unknown[to]] += branch * volts[terminal(from)];
      } else if (unknown[to] == HELD && unknown[from] != HELD) {
        right.data[unknown[from]] += branch * volts[terminal(to)];
      }
    });
    DMatrixRMaj solution = new DMatrixRMaj(unknowns, 1);
    if (unknowns > 0) {
      factors.solve(right, solution);
    }
    for (int node = 0; node < volts.length; node++) {
      volts[node] = unknown[node] == HELD ? volts[terminal(node)] : solution.data[unknown[node]];
    }
  }

  /// A conductance between two nodes.
  private interface Branches {
    void branch(int from, int to, double siemens);

    default void ground(int node, double siemens) {}
  }

  private void branches(Branches visitor) {
    int rows = equations.rows();
    int columns = equations.columns();
    double rowOhms = equations.wires().rowSegmentOhms();
    double columnOhms = equations.wires().columnSegmentOhms();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        visitor.branch(equations.word(i, j), equations.bit(i, j), siemens[i * columns + j]);
        if (j > 0 && rowOhms > 0) {
          visitor.branch(equations.word(i, j - 1), equations.word(i, j), 1 / rowOhms);
        }
        if (i > 0 && columnOhms > 0) {
          visitor.branch(equations.bit(i - 1, j), equations.bit(i, j), 1 / columnOhms);
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      if (equations.rowDriven()[i] && !equations.holdsRow(i)) {
        visitor.ground(equations.word(i, 0), 1 / equations.wires().rowDriverOhms());
      }
    }
    for (int j = 0; j < columns; j++) {
      if (equations.columnDriven()[j] && !equations.holdsColumn(j)) {
        visitor.ground(equations.bit(rows - 1, j), 1 / equations.wires().columnTerminalOhms());
      }
    }
  }

  /// The upper triangle of the matrix, column by column in the order of elimination.
  private final class Assembly implements Branches {
    private final double[] diagonal = new double[unknowns];
    private final int[] sizes = new int[unknowns];
    // A cell has one branch of its own, one to its left and one above.
    private final int[] rowOf = new int[3 * equations.cells()];
    private final int[] columnOf = new int[rowOf.length];
    private final double[] value = new double[rowOf.length];
    private int count;

    @Override
    public void branch(int from, int to, double siemens) {
      int a = unknown[from];
      int b = unknown[to];
      ground(from, siemens);
      ground(to, siemens);
      if (a != HELD && b != HELD) {
        rowOf[count] = Math.min(a, b);
        columnOf[count] = Math.max(a, b);
        value[count] = -siemens;
        sizes[columnOf[count]]++;
        count++;
      }
    }

    @Override
    public void ground(int node, double siemens) {
      if (unknown[node] != HELD) {
        diagonal[unknown[node]] += siemens;
      }
    }

    DMatrixSparseCSC upperTriangle() {
      DMatrixSparseCSC matrix = new DMatrixSparseCSC(unknowns, unknowns, count + unknowns);
      matrix.nz_length = count + unknowns;
      for (int k = 0; k < unknowns; k++) {
        matrix.col_idx[k + 1] = matrix.col_idx[k] + sizes[k] + 1;
      }
      int[] next = Arrays.copyOf(matrix.col_idx, unknowns);
      for (int e = 0; e < count; e++) {
        int place = next[columnOf[e]]++;
        matrix.nz_rows[place] = rowOf[e];
        matrix.nz_values[place] = value[e];
      }
      for (int k = 0; k < unknowns; k++) {
        matrix.nz_rows[next[k]] = k;
        matrix.nz_values[next[k]] = diagonal[k];
      }
      return matrix;
    }
  }
}
