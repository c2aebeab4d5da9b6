package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.Stream;
import org.mortal.kernel.Workers;

/// A few cells, condensed anew whenever they are needed.
final class Leaf extends Part {
  private static final Workers ALONE = new Workers(1);

  private final Network network;
  private final Block block;

  Leaf(Network network, Block block) {
    this.network = network;
    this.block = block;
  }

  @Override
  int eliminated() {
    return block.height() * innerWords() + block.width() * innerBits();
  }

  @Override
  double[][] condense(Workers workers) {
    int nodes = eliminated() + block.ports();
    double[][] matrix = new double[nodes][nodes];
    for (int i = 0; i < block.height(); i++) {
      for (int j = 0; j < block.width(); j++) {
        connect(matrix, word(i, j), bit(i, j), network.cell(block.top() + i, block.left() + j));
        connect(matrix, word(i, j - 1), word(i, j), network.wordSegment(block.left() + j));
        connect(matrix, bit(i, j), bit(i + 1, j), network.bitSegment(block.top() + i));
      }
    }
    Sweep.eliminate(matrix, eliminated(), ALONE);
    return matrix;
  }

  private static void connect(double[][] matrix, int a, int b, double siemens) {
    matrix[Math.min(a, b)][Math.max(a, b)] += siemens;
  }

  @Override
  Change change(int row, int column, double siemens) {
    double[][] matrix = condense(ALONE);
    double[] influence = new double[matrix.length];
    influence[word(row - block.top(), column - block.left())] = 1;
    influence[bit(row - block.top(), column - block.left())] = -1;
    double[][] rows = Arrays.copyOf(matrix, eliminated());
    Sweep.mirror(rows);
    return pass(rows, new Change(influence, siemens, 1));
  }

  @Override
  Stream<Part> halves() {
    return Stream.empty();
  }

  @Override
  long doubles() {
    return 0;
  }

  @Override
  long pathDoubles() {
    return 0;
  }

  @Override
  long work() {
    long nodes = eliminated() + block.ports();
    return eliminated() * nodes * nodes / 2;
  }

  /// Word-line nodes of each row that are no ports.
  private int innerWords() {
    return block.openRight() ? block.width() : block.width() - 1;
  }

  private int innerBits() {
    return block.openTop() ? block.height() : block.height() - 1;
  }

  /// The place of a word line's node in the matrix; -1 is the column to the left of the block.
  private int word(int i, int j) {
    if (j < 0) {
      return eliminated() + block.leftPort(i);
    }
    return j < innerWords() ? i * innerWords() + j : eliminated() + block.rightPort(i);
  }

  private int bit(int i, int j) {
    if (i == block.height()) {
      return eliminated() + block.bottomPort(j);
    }
    int inner = i - (block.height() - innerBits());
    return inner < 0
        ? eliminated() + block.topPort(j)
        : block.height() * innerWords() + j * innerBits() + inner;
  }
}
