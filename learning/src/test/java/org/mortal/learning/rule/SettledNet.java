package org.mortal.learning.rule;

import org.mortal.learning.Minibatch;

/// A network on exact tiles that settles with feedback, in plain double loops: activities are handed on divided by `range`
/// and cut off at 1.
record SettledNet(PlainNet net, double range, double feedback) {
  private static final int SWEEPS = 200;

  /// The mean cross-entropy of the last head at the settled state that nobody pushes.
  double loss(Minibatch batch) {
    int last = net.weights().length - 1;
    double[][] top = top(PlainNet.doubles(batch.inputs().toFloatMatrix()));
    double[][] logits = PlainNet.affine(top, net.headWeights()[last], net.headBiases()[last]);
    return PlainNet.crossEntropy(logits, batch);
  }

  private double[][] top(double[][] inputs) {
    double[][] top = new double[inputs.length][];
    for (int n = 0; n < inputs.length; n++) {
      top[n] = settled(inputs[n]);
    }
    return top;
  }

  private double[] settled(double[] input) {
    int depth = net.weights().length;
    double[][] hidden = new double[depth][];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double[] below = input;
      for (int k = 0; k < depth; k++) {
        double[] drive =
            PlainNet.affine(new double[][] {below}, net.weights()[k], net.biases()[k])[0];
        for (int j = 0; j < drive.length; j++) {
          boolean fed = k + 1 < depth && sweep > 0 && hidden[k][j] < range;
          drive[j] = Math.max(0, drive[j] + (fed ? feedback * pull(k, j, hidden[k + 1]) : 0));
        }
        hidden[k] = drive;
        below = drive.clone();
        for (int j = 0; j < below.length; j++) {
          below[j] = Math.min(below[j] / range, 1);
        }
      }
    }
    return hidden[depth - 1];
  }

  private double pull(int k, int j, double[] above) {
    double sum = 0;
    for (int i = 0; i < above.length; i++) {
      sum += net.weights()[k + 1][j][i] * above[i] / range;
    }
    return sum;
  }
}
