package org.mortal.sim.circuit.network;

import java.util.Arrays;
import java.util.stream.Stream;
import org.mortal.kernel.Workers;

/// Two halves of a block, put together at the nodes that they share.
final class Join extends Part {
  private final Block block;
  private final Part first;
  private final Part second;

  /// For each port of a half its place in the matrix of this block.
  private final int[] firstPlaces;

  private final int[] secondPlaces;

  /// Of the shared nodes, as [Sweep] left them.
  private double[][] rows;

  Join(Network network, Block block) {
    this.block = block;
    this.first = Part.of(network, block.first());
    this.second = Part.of(network, block.second());
    this.firstPlaces = block.places(block.first());
    this.secondPlaces = block.places(block.second());
  }

  @Override
  int eliminated() {
    return block.cut();
  }

  @Override
  double[][] condense(Workers workers) {
    double[][] matrix = new double[nodes()][nodes()];
    put(first, firstPlaces, matrix, workers);
    put(second, secondPlaces, matrix, workers);
    Sweep.eliminate(matrix, eliminated(), workers);
    rows = Arrays.copyOf(matrix, eliminated());
    Sweep.mirror(rows);
    return matrix;
  }

  private static void put(Part half, int[] places, double[][] matrix, Workers workers) {
    double[][] condensed = half.take(workers);
    int ports = half.eliminated();
    for (int a = 0; a < places.length; a++) {
      double[] from = condensed[ports + a];
      for (int b = a + 1; b < places.length; b++) {
        int low = Math.min(places[a], places[b]);
        int high = Math.max(places[a], places[b]);
        matrix[low][high] += from[ports + b];
      }
    }
  }

  @Override
  Change change(int row, int column, double siemens) {
    Block half = block.first();
    boolean inFirst = row < half.bottom() && column < half.right();
    Change below = (inFirst ? first : second).change(row, column, siemens);
    int[] places = inFirst ? firstPlaces : secondPlaces;
    double[] influence = new double[nodes()];
    for (int a = 0; a < places.length; a++) {
      influence[places[a]] = below.influence()[a];
    }
    return pass(rows, new Change(influence, below.siemens(), below.loss()));
  }

  @Override
  Stream<Part> halves() {
    return Stream.of(first, second);
  }

  @Override
  long doubles() {
    return ownDoubles() + first.doubles() + second.doubles();
  }

  @Override
  long pathDoubles() {
    return ownDoubles() + Math.max(first.pathDoubles(), second.pathDoubles());
  }

  private long ownDoubles() {
    return (long) eliminated() * nodes();
  }

  private int nodes() {
    return eliminated() + block.ports();
  }

  @Override
  long work() {
    return ownDoubles() * nodes() / 2 + first.work() + second.work();
  }
}
