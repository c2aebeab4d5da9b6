package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;

/// Backprop through the chip itself: errors go back through the same cells, read the other way round.
///
/// Nobody has to know a weight. The digital side turns the error of the head, which it knows, into voltages on the columns,
/// takes what comes out at the rows, and multiplies by the slopes of the neurons, [measured][SlopeTable] before each
/// epoch. Each error is read with both signs, so that offsets of the amplifiers at the rows fall out of the difference.
///
/// Reads of each layer but the first for an example: one forward and two transposed. The first is read forward alone.
///
/// Source: in-situ backpropagation on memristor crossbars, Li et al., Nature Communications 9, 2385 (2018); the measured
/// slopes are Mortal's.
public final class TransposedBackprop implements LearningRule {
  private SlopeTable table;

  @Override
  public String name() {
    return "transposed-backprop";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.BIAS_PROBE, Access.TRANSPOSED_READS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.CENTRED;
  }

  @Override
  public void beginEpoch(Network network, Minibatch samples, RandomGenerator random) {
    table = SlopeTable.measure(network, samples);
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    return new BackwardPass(network, batch)
        .chainThroughCells(
            (k, delta) ->
                network.transpose(k, delta).subi(network.transpose(k, delta.neg())).divi(2),
            table::apply);
  }
}
