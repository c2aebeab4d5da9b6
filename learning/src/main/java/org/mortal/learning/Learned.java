package org.mortal.learning;

import java.io.IOException;
import java.nio.file.Path;
import org.mortal.kernel.Batch;
import org.mortal.tile.Tile;
import org.mortal.tile.WeightUpdate;

/// What a network has learned, to be taken over by another of the same shape or kept.
public final class Learned {
  private Learned() {}

  /// Hands on everything: weights as they can be measured, written closed loop, and biases and heads as they are.
  ///
  /// @param repeats reads averaged for each weight
  /// @param tolerance of the written weights, in weight units
  public static void copy(Network home, Network heir, int repeats, double tolerance) {
    for (int k = 0; k < heir.depth(); k++) {
      Tile from = home.layer(k).tile();
      Tile to = heir.layer(k).tile();
      to.apply(new WeightUpdate.Program(from.measureWeights(repeats), tolerance));
      to.setBias(from.bias());
    }
    copyHeads(home, heir);
  }

  /// Hands on the heads, and nothing else.
  public static void copyHeads(Network home, Network heir) {
    for (int k = 0; k < heir.depth(); k++) {
      Head from = home.layer(k).head();
      Head to = heir.layer(k).head();
      to.weights().assign(from.weights());
      to.bias().assign(from.bias());
    }
  }

  /// Saves for each layer its weights as measured, biases and head, as `.npy`.
  ///
  /// @throws IOException if a file cannot be written
  public static void save(Network network, Path folder) throws IOException {
    for (int k = 0; k < network.depth(); k++) {
      Layer layer = network.layer(k);
      String name = "layer-%d-".formatted(k + 1);
      Tensors.save(
          Tensors.copy(layer.tile().measureWeights(1)), folder.resolve(name + "weights.npy"));
      Tensors.save(
          Tensors.copy(Batch.of(new float[][] {layer.tile().bias()})),
          folder.resolve(name + "bias.npy"));
      Tensors.save(layer.head().weights(), folder.resolve(name + "head-weights.npy"));
      Tensors.save(layer.head().bias(), folder.resolve(name + "head-bias.npy"));
    }
  }
}
