package org.mortal.sim.circuit.network;

import org.mortal.kernel.Workers;

/// Eliminates nodes from a dense resistor network, adding positive terms only.
///
/// The network is a symmetric matrix of which the upper triangle is kept. Between two nodes that are left it has their
/// conductance; between one that is eliminated and one that is left, the share of the latter's voltage in the former's;
/// between two that are eliminated, volts at one for a current into the other. Entries at the diagonal of nodes that
/// are left mean nothing. Without subtractions every entry keeps nearly all its digits, whatever the contrast.
///
/// Sources: Goodnight, "A tutorial on the sweep operator", The American Statistician 33 (1979); Grassmann, Taksar and
/// Heyman, "Regenerative analysis and steady state distributions for Markov chains", Operations Research 33 (1985).
final class Sweep {
  /// Nodes eliminated in one pass over the matrix.
  private static final int PANEL = 4;

  /// Rows of one piece of work.
  private static final int PIECE = 16;

  /// Smaller matrices are swept sooner than a second thread is woken.
  private static final int SHARED_NODES = 256;

  private final double[][] matrix;
  private final int nodes;

  /// What the rows of a panel are now, and what they and their shares were when their own node's turn came.
  private final double[][] current;

  private final double[][] before;
  private final double[][] share;

  private Sweep(double[][] matrix) {
    this.matrix = matrix;
    this.nodes = matrix.length;
    this.current = new double[PANEL][nodes];
    this.before = new double[PANEL][nodes];
    this.share = new double[PANEL][nodes];
  }

  /// Eliminates the first `count` nodes.
  static void eliminate(double[][] matrix, int count, Workers workers) {
    Sweep sweep = new Sweep(matrix);
    int pieces = Math.ceilDiv(matrix.length, PIECE);
    for (int from = 0; from < count; from += PANEL) {
      int first = from;
      int size = Math.min(PANEL, count - from);
      sweep.eliminatePanel(first, size);
      if (matrix.length < SHARED_NODES) {
        for (int piece = 0; piece < pieces; piece++) {
          sweep.update(first, size, piece);
        }
      } else {
        workers.forEach(pieces, piece -> sweep.update(first, size, piece));
      }
      sweep.putPanel(first, size);
    }
  }

  /// Fills in the other triangle of the eliminated nodes' entries for each other.
  static void mirror(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        rows[i][j] = rows[j][i];
      }
    }
  }

  private void eliminatePanel(int first, int size) {
    for (int p = 0; p < size; p++) {
      int k = first + p;
      for (int j = 0; j < k; j++) {
        current[p][j] = matrix[j][k];
      }
      System.arraycopy(matrix[k], k, current[p], k, nodes - k);
    }
    for (int p = 0; p < size; p++) {
      eliminateNode(first, p, size);
    }
  }

  private void eliminateNode(int first, int p, int size) {
    int k = first + p;
    System.arraycopy(current[p], 0, before[p], 0, nodes);
    double ohms = 1 / Vectors.sum(current[p], k + 1);
    for (int j = 0; j < nodes; j++) {
      share[p][j] = ohms * before[p][j];
    }
    for (int q = 0; q < size; q++) {
      if (q != p) {
        add(before[p][first + q], share[p], current[q], 0);
        current[q][k] = share[p][first + q];
      }
    }
    System.arraycopy(share[p], 0, current[p], 0, nodes);
    current[p][k] = ohms;
  }

  /// What the panel does to the rows of one piece.
  private void update(int first, int size, int piece) {
    int end = Math.min((piece + 1) * PIECE, nodes);
    for (int i = piece * PIECE; i < end; i++) {
      if (i >= first && i < first + size) {
        continue;
      }
      if (size == PANEL) {
        addPanel(i, matrix[i]);
      } else {
        for (int p = 0; p < size; p++) {
          add(before[p][i], share[p], matrix[i], i);
        }
      }
    }
  }

  private void addPanel(int i, double[] row) {
    double f0 = before[0][i];
    double f1 = before[1][i];
    double f2 = before[2][i];
    double f3 = before[3][i];
    double[] s0 = share[0];
    double[] s1 = share[1];
    double[] s2 = share[2];
    double[] s3 = share[3];
    for (int j = i; j < row.length; j++) {
      double sum = Math.fma(f2, s2[j], Math.fma(f3, s3[j], row[j]));
      row[j] = Math.fma(f0, s0[j], Math.fma(f1, s1[j], sum));
    }
  }

  private static void add(double factor, double[] from, double[] to, int start) {
    for (int j = start; j < to.length; j++) {
      to[j] = Math.fma(factor, from[j], to[j]);
    }
  }

  private void putPanel(int first, int size) {
    for (int p = 0; p < size; p++) {
      int k = first + p;
      for (int j = 0; j < k; j++) {
        matrix[j][k] = current[p][j];
      }
      System.arraycopy(current[p], k, matrix[k], k, nodes - k);
    }
  }
}
