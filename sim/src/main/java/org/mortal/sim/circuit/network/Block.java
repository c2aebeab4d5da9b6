package org.mortal.sim.circuit.network;

/// A rectangle of cells with all wires that leave it to the left and downwards, and its ports: the nodes that it shares
/// with its neighbours.
///
/// Ports are ordered left, right, top, bottom. Those at the left and at the bottom are the neighbour's nodes, at the edge
/// of the array the sources and the virtual grounds; those at the right and at the top are its own, and at the edge of
/// the array, where lines end open, there are none.
record Block(int top, int bottom, int left, int right, boolean openRight, boolean openTop) {

  static Block array(int rows, int columns) {
    return new Block(0, rows, 0, columns, true, true);
  }

  int height() {
    return bottom - top;
  }

  int width() {
    return right - left;
  }

  int cells() {
    return height() * width();
  }

  boolean cutByColumn() {
    return width() >= height();
  }

  /// The left or the upper half.
  Block first() {
    return cutByColumn()
        ? new Block(top, bottom, left, (left + right) / 2, false, openTop)
        : new Block(top, (top + bottom) / 2, left, right, openRight, openTop);
  }

  /// The right or the lower half.
  Block second() {
    return cutByColumn()
        ? new Block(top, bottom, (left + right) / 2, right, openRight, openTop)
        : new Block((top + bottom) / 2, bottom, left, right, openRight, false);
  }

  int ports() {
    return bottomPort(width());
  }

  int leftPort(int row) {
    return row;
  }

  int rightPort(int row) {
    return height() + row;
  }

  int topPort(int column) {
    return (openRight ? height() : 2 * height()) + column;
  }

  int bottomPort(int column) {
    return topPort(openTop ? 0 : width()) + column;
  }

  /// Nodes that the two halves share, and that are eliminated when they are put together.
  int cut() {
    return cutByColumn() ? height() : width();
  }

  /// For each port of one of the halves its place in this block's matrix: the cut's nodes first, then this block's ports.
  int[] places(Block half) {
    boolean cutLeft = half.left > left;
    boolean cutRight = half.right < right;
    boolean cutTop = half.top > top;
    boolean cutBottom = half.bottom < bottom;
    int above = half.top - top;
    int before = half.left - left;
    int[] places = new int[half.ports()];
    for (int i = 0; i < half.height(); i++) {
      places[half.leftPort(i)] = cutLeft ? i : cut() + leftPort(above + i);
      if (!half.openRight) {
        places[half.rightPort(i)] = cutRight ? i : cut() + rightPort(above + i);
      }
    }
    for (int j = 0; j < half.width(); j++) {
      if (!half.openTop) {
        places[half.topPort(j)] = cutTop ? j : cut() + topPort(before + j);
      }
      places[half.bottomPort(j)] = cutBottom ? j : cut() + bottomPort(before + j);
    }
    return places;
  }
}
