package org.mortal.learning.rule;

import org.mortal.kernel.Batch;
import org.mortal.learning.Network;
import org.mortal.learning.Tensors;
import org.mortal.tile.Tile;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A layer as a restricted Boltzmann machine whose only randomness is that of its hardware: inputs are the visible units,
/// outputs the hidden ones.
///
/// A unit is a comparator on what one noisy read answers, on where that is above 0: `P(on) = Φ(u / σ)`, with `u` what the read
/// would answer without noise and `σ` the noise of a read. So `σ` is the temperature, and nothing is drawn. Against it weights
/// would be large and a pulse coarse: units are driven at a small share of full input, which makes weights small and leaves the
/// noise of amplifiers as it is. That noise is then most of all there is, so the temperature does not hang on how many
/// units are on.
///
/// Reads from hidden to visible units have no bias. Hidden unit 0 is therefore always on and is driven in full: its weights are the
/// visible units' biases, and take up the offsets of their amplifiers too. Where a step of a converter stands for
/// everything about 0, a read of 0 counts as off, and biases take up that half step.
///
/// @param k the layer
record NoisyUnits(Network network, int k) {
  private static final float DRIVE = 0.2f;

  /// States of the hidden units by one read each.
  ///
  /// @param visible n x inputs, from 0 to 1
  /// @return n x outputs, each entry 0 or 1
  INDArray hidden(INDArray visible) {
    INDArray answer = read(visible);
    compare(answer);
    answer.getColumn(0).assign(1);
    return answer;
  }

  private INDArray read(INDArray visible) {
    int units = network.layer(k).tile().outputs();
    return network.probe(k, visible.mul(DRIVE), Tensors.zeros(1, units));
  }

  /// Sets the biases of the hidden units so that each is about as often on as off. Offsets of amplifiers are much larger than
  /// their noise, and biases would have to find them first.
  ///
  /// @param visible n x inputs
  void centre(INDArray visible) {
    Tile tile = network.layer(k).tile();
    float[] bias = tile.bias();
    float[] mean = read(visible).mean(0).toFloatVector();
    for (int j = 0; j < bias.length; j++) {
      bias[j] -= mean[j];
    }
    tile.setBias(bias);
  }

  /// States of the visible units by one read each.
  ///
  /// @param hidden n x outputs, as [#hidden] gives them
  /// @return n x inputs, each entry 0 or 1
  INDArray visible(INDArray hidden) {
    INDArray drive = hidden.mul(DRIVE);
    drive.getColumn(0).assign(1);
    INDArray answer = network.transpose(k, drive);
    compare(answer);
    return answer;
  }

  /// Visible units that were let run from all off, each row apart from the others.
  ///
  /// @param sweeps there and back
  INDArray run(int count, int sweeps) {
    INDArray blank = Tensors.zeros(count, network.layer(k).tile().inputs());
    return back(hidden(blank), sweeps);
  }

  /// Visible units that were let run from a state of the hidden ones.
  INDArray back(INDArray hidden, int sweeps) {
    INDArray visible = visible(hidden);
    for (int sweep = 1; sweep < sweeps; sweep++) {
      visible = visible(hidden(visible));
    }
    return visible;
  }

  private void compare(INDArray answer) {
    Batch batch = Tensors.batch(answer);
    network.forRows(
        batch.rows(),
        (first, last) -> {
          float[] row = new float[batch.columns()];
          for (int n = first; n < last; n++) {
            batch.getRow(n, row);
            for (int j = 0; j < row.length; j++) {
              row[j] = row[j] > 0 ? 1 : 0;
            }
            batch.setRow(n, row);
          }
        });
  }
}
