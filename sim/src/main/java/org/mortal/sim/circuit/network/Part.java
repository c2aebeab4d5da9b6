package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.Stream;
import org.mortal.kernel.Workers;

/// One block of the array, condensed to its ports.
abstract sealed class Part permits Leaf, Join {
  /// Cells of the largest block that is not halved.
  static final int LEAF_CELLS = 8;

  /// What a change of one cell does to the network between a block's ports: conductance between each two of them falls by
  /// `siemens` times the product of their influences.
  ///
  /// @param influence of each port on the voltage across the cell, volts per volt
  /// @param siemens signed
  /// @param loss by which factor rounding has grown on the way, at least 1
  record Change(double[] influence, double siemens, double loss) {}

  private double[][] ready;

  static Part of(Network network, Block block) {
    return block.cells() <= LEAF_CELLS ? new Leaf(network, block) : new Join(network, block);
  }

  /// Makes this part from the present cells.
  ///
  /// @return the swept matrix: what is eliminated first, then the ports
  abstract double[][] condense(Workers workers);

  /// Nodes of that matrix before the ports.
  abstract int eliminated();

  /// Takes over the change of one cell of this block.
  abstract Change change(int row, int column, double siemens);

  /// What this part is put together of, or nothing.
  abstract Stream<Part> halves();

  /// Numbers that are kept of this part and all in it.
  abstract long doubles();

  /// Of these, those that the change of one cell changes, at most.
  abstract long pathDoubles();

  /// Multiplications for making this part and all in it.
  abstract long work();

  /// Condenses now what [#take] gives out later.
  void prepare(Workers workers) {
    ready = condense(workers);
  }

  double[][] take(Workers workers) {
    double[][] taken = ready == null ? condense(workers) : ready;
    ready = null;
    return taken;
  }

  /// Carries a change through the nodes that were eliminated: Sherman and Morrison's formula for their response, which is
  /// changed too.
  ///
  /// @param rows of the eliminated nodes, as [Sweep] leaves them, with both triangles
  /// @param change at all nodes of the part's matrix
  static Change pass(double[][] rows, Change change) {
    double[] influence = change.influence();
    int nodes = influence.length;
    int eliminated = rows.length;
    double[] reached = new double[nodes];
    for (int r = 0; r < eliminated; r++) {
      Vectors.add(influence[r], rows[r], reached);
    }
    double ohms = 0;
    for (int r = 0; r < eliminated; r++) {
      ohms += influence[r] * reached[r];
    }
    double left = 1 + change.siemens() * ohms;
    double siemens = change.siemens() / left;
    for (int k = eliminated; k < nodes; k++) {
      reached[k] += influence[k];
    }
    for (int r = 0; r < eliminated; r++) {
      Vectors.add(-siemens * reached[r], reached, rows[r]);
    }
    return new Change(
        Arrays.copyOfRange(reached, eliminated, nodes),
        siemens,
        change.loss() / Math.clamp(left, 0.0, 1.0));
  }
}
