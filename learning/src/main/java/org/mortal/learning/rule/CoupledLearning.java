package org.mortal.learning.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mortal.learning.Access;
import org.mortal.learning.Coupling;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A circuit of resistors settles with its outputs free, and again with them held a little nearer to the targets: each
/// resistor changes by the difference of the powers in it.
///
/// The circuit goes to where it dissipates least, so what it dissipates more with its outputs held is a contrast that is never
/// negative, and 0 where they are at their targets already. Each resistor's own voltage in both states says how the
/// contrast changes with it. For a small step to the targets the contrast is a squared error, weighed by how stiffly
/// the circuit resists.
///
/// It needs hardware that settles as a whole, and outputs whose potential can be held: the network is the circuit, with as many
/// outputs as classes, and no digital head. The class is the output with the highest potential.
///
/// Source: Stern, Hexner, Rocks, Liu, Physical Review X 11, 021045 (2021); by twin circuits in hardware, Dillavou et al.,
/// Physical Review Applied 18, 014040 (2022).
public final class CoupledLearning implements LearningRule {
  /// The share of the way to the targets.
  private static final double STEP = 0.1;

  /// Potentials of outputs for a target of 0, and by how much they are higher for one of 1.
  private static final double LOW = 0.4;

  private static final double SPAN = 0.2;

  private final double step;

  public CoupledLearning() {
    this(STEP);
  }

  /// @param step the share of the way to the targets at which outputs are held, above 0
  CoupledLearning(double step) {
    this.step = step;
  }

  @Override
  public String name() {
    return "coupled-learning";
  }

  @Override
  public Set<Access> needs() {
    return EnumSet.of(Access.LAYER_OUTPUTS, Access.HELD_OUTPUTS);
  }

  @Override
  public Recipe recipe() {
    return Recipe.STANDARD
        .withRate(1e-2)
        .withSmoothing(0)
        .withDropout(Dropout.NONE)
        .withCoupling(new Coupling.Identity());
  }

  @Override
  public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
    INDArray outputs = outputs(network, network.forward(batch).hidden(network.depth() - 1));
    INDArray way = batch.targets().mul(SPAN).addi(LOW).subi(outputs).muli(step);
    List<INDArray> free = network.powerSlopes(batch.inputs(), null);
    List<INDArray> held = network.powerSlopes(batch.inputs(), way.addi(outputs));
    Deltas deltas = network.deltas();
    for (int k = 0; k < network.depth(); k++) {
      INDArray contrast = held.get(k).subi(free.get(k)).divi(step * batch.size());
      Deltas.Gradient gradient = deltas.openLayer(k);
      Tensors.batch(gradient.weights()).copyFrom(Tensors.batch(contrast));
      gradient.bias().assign(0);
    }
    return deltas;
  }

  @Override
  public INDArray predict(Network network, INDArray inputs) {
    return outputs(network, network.evaluate(inputs).hidden(network.depth() - 1)).dup('c');
  }

  private INDArray outputs(Network network, INDArray outputs) {
    int classes = (int) network.lastHead().weights().size(1);
    if (outputs.size(1) != classes) {
      throw new LearningException(
          "coupled-learning takes the last layer's units for classes: give it %d units, not %d"
              .formatted(classes, outputs.size(1)));
    }
    return outputs;
  }
}
