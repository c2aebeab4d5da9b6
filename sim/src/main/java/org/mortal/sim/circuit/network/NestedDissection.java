package org.mortal.sim.circuit.network;

/// An order of elimination that keeps the factors of an array's node equations sparse.
///
/// The array is halved again and again. A cut between two columns crosses word lines only, one between two rows bit
/// lines only; the nodes on the cut come after both halves.
///
/// Source: George, "Nested dissection of a regular finite element mesh", SIAM J. Numer. Anal. 10 (1973).
final class NestedDissection {
  /// Cells that are not divided further.
  private static final int LEAF = 4;

  private final NodeEquations equations;
  private final int[] order;
  private final boolean[] taken;
  private int end;

  private NestedDissection(NodeEquations equations) {
    this.equations = equations;
    this.order = new int[equations.nodes()];
    this.taken = new boolean[equations.nodes()];
    this.end = order.length;
  }

  /// All nodes, first to last.
  static int[] order(NodeEquations equations) {
    NestedDissection dissection = new NestedDissection(equations);
    dissection.divide(0, equations.rows(), 0, equations.columns());
    return dissection.order;
  }

  /// Fills the order from its end: the cut, then the halves.
  private void divide(int top, int bottom, int left, int right) {
    int height = bottom - top;
    int width = right - left;
    if (height * width <= LEAF) {
      for (int i = top; i < bottom; i++) {
        for (int j = left; j < right; j++) {
          take(equations.word(i, j));
          take(equations.bit(i, j));
        }
      }
    } else if (width >= height) {
      int middle = (left + right) / 2;
      for (int i = top; i < bottom; i++) {
        take(equations.word(i, middle - 1));
      }
      divide(top, bottom, left, middle);
      divide(top, bottom, middle, right);
    } else {
      int middle = (top + bottom) / 2;
      for (int j = left; j < right; j++) {
        take(equations.bit(middle, j));
      }
      divide(top, middle, left, right);
      divide(middle, bottom, left, right);
    }
  }

  private void take(int node) {
    if (!taken[node]) {
      taken[node] = true;
      order[--end] = node;
    }
  }
}
