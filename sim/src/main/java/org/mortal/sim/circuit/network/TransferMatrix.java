package org.mortal.sim.circuit.network;

import java.util.ArrayList;
import java.util.List;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;

/// What an array with wires does to its row voltages, exactly: with all rows driven and all columns at virtual ground, the
/// column currents are a fixed linear map of the voltages, so each read is a plain product.
///
/// The array is halved again and again; each block is condensed to the nodes that it shares with its neighbours, which
/// leaves at the end one conductance between each source and each virtual ground. Every entry is a sum of positive
/// terms and keeps nearly all its digits. The condensed blocks are kept, so that a changed cell changes only
/// those that it lies in, each by a term of rank one.
///
/// Same bits for any number of threads. Sources: George, "Nested dissection of a regular finite element mesh", SIAM J.
/// Numer. Anal. 10 (1973); Sherman and Morrison, Ann. Math. Stat. 21 (1950).
public final class TransferMatrix {
  /// Rounding that updates may add up, relative to the largest entry, before the map is made anew.
  private static final double ERROR_LIMIT = 1e-12;

  private static final double ROUNDING = 0x1p-53;

  /// What a changed cell costs for each number on its path, in multiplications of making anew.
  private static final int UPDATE_COST = 4;

  /// So many times the array is halved before what is left is one thread's.
  private static final int SHARED_LEVELS = 4;

  /// Fewer multiplications are done sooner than threads have met a few times: about a millisecond's.
  private static final long SHARED_WORK = 4_000_000;

  private final Network network;
  private final Workers workers;
  private final Part root;
  private final double[][] siemens;
  private double error;
  private int timesMade;

  private TransferMatrix(Network network, Workers workers) {
    this.network = network;
    this.workers = workers;
    this.root = Part.of(network, Block.array(network.rows(), network.columns()));
    this.siemens = new double[network.rows()][network.columns()];
    make();
  }

  /// Makes the map for these cells.
  ///
  /// @param cellSiemens `rows * columns`, 0 or more, row by row; copied
  public static TransferMatrix of(
      double[] cellSiemens, int rows, int columns, Wires wires, Workers workers) {
    NodeEquations.read(rows, columns, wires).check(cellSiemens);
    return new TransferMatrix(new Network(rows, columns, wires, cellSiemens.clone()), workers);
  }

  public int rows() {
    return network.rows();
  }

  public int columns() {
    return network.columns();
  }

  /// What one volt at `row` drives out of `column`.
  public double siemens(int row, int column) {
    return siemens[row][column];
  }

  /// The column currents for one voltage at each row.
  public double[] amps(double[] rowVolts) {
    if (rowVolts.length != rows()) {
      throw new IllegalArgumentException(
          "%d rows need as many voltages, not %d".formatted(rows(), rowVolts.length));
    }
    double[] amps = new double[columns()];
    for (int i = 0; i < rowVolts.length; i++) {
      Vectors.add(rowVolts[i], siemens[i], amps);
    }
    return amps;
  }

  /// Writes the map into the first columns of `signal`, row by row: a batch of row voltages times it gives currents.
  public void copyTo(Batch signal) {
    float[] row = new float[signal.columns()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        row[j] = (float) siemens[i][j];
      }
      signal.setRow(i, row);
    }
  }

  /// Gives some cells new conductances. Each is a change of the condensed blocks that it lies in; where the cells are
  /// many, or rounding has added up, all is made anew.
  ///
  /// @param cells `row * columns + column` of each
  public void update(int[] cells, double[] newSiemens) {
    check(cells, newSiemens);
    if (UPDATE_COST * root.pathDoubles() * cells.length > root.work()) {
      for (int k = 0; k < cells.length; k++) {
        network.cellSiemens()[cells[k]] = newSiemens[k];
      }
      make();
      return;
    }
    for (int k = 0; k < cells.length; k++) {
      change(cells[k], newSiemens[k]);
    }
    if (!(error < ERROR_LIMIT)) {
      make();
    }
  }

  private void check(int[] cells, double[] newSiemens) {
    if (cells.length != newSiemens.length) {
      throw new IllegalArgumentException(
          "%d cells need as many conductances, not %d".formatted(cells.length, newSiemens.length));
    }
    for (int k = 0; k < cells.length; k++) {
      if (cells[k] < 0 || cells[k] >= rows() * columns()) {
        throw new IllegalArgumentException(
            "cell %d of %d x %d: give row * %d + column, 0 to %d"
                .formatted(cells[k], rows(), columns(), columns(), rows() * columns() - 1));
      }
      NodeEquations.check(newSiemens[k], cells[k] / columns(), cells[k] % columns());
    }
  }

  private void change(int cell, double to) {
    Part.Change change =
        root.change(cell / columns(), cell % columns(), to - network.cellSiemens()[cell]);
    network.cellSiemens()[cell] = to;
    double[] influence = change.influence();
    Block array = Block.array(rows(), columns());
    double[] bottom = new double[columns()];
    System.arraycopy(influence, array.bottomPort(0), bottom, 0, columns());
    for (int i = 0; i < rows(); i++) {
      Vectors.add(-change.siemens() * influence[array.leftPort(i)], bottom, siemens[i]);
    }
    error += ROUNDING * change.loss();
  }

  /// Bytes of memory that this map holds.
  public long bytes() {
    return Double.BYTES * (root.doubles() + 2L * rows() * columns());
  }

  /// How often the map was made from all cells: once, and when [#update] found that better.
  public int timesMade() {
    return timesMade;
  }

  private void make() {
    timesMade++;
    if (root.work() >= SHARED_WORK) {
      for (List<Part> level : levels()) {
        workers.forEach(level.size(), p -> level.get(p).prepare(workers));
      }
    }
    double[][] matrix = root.take(workers);
    Block array = Block.array(rows(), columns());
    int ports = root.eliminated();
    for (int i = 0; i < rows(); i++) {
      System.arraycopy(
          matrix[ports + array.leftPort(i)], ports + array.bottomPort(0), siemens[i], 0, columns());
    }
    error = 0;
  }

  /// The parts that threads share out, smallest first, without the root.
  private List<List<Part>> levels() {
    List<List<Part>> levels = new ArrayList<>();
    List<Part> parts = List.of(root);
    for (int level = 0; level < SHARED_LEVELS; level++) {
      parts = parts.stream().flatMap(Part::halves).toList();
      levels.addFirst(parts);
    }
    return levels;
  }
}
