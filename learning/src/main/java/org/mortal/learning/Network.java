package org.mortal.learning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.tile.Capability;
import org.mortal.tile.Tile;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A feed-forward network whose hidden layers are tiles and whose read-outs are digital heads.
///
/// Layer by layer: the hardware multiplies, a rectifier makes activities, a [Coupling] makes the next inputs. A rule
/// sees as much of it as it was [granted][#grant].
public final class Network {
  /// The step of a jitter on exact weights: that of a pulse on the usual chip.
  private static final double EXACT_JITTER = 2e-3;

  /// Rows that a thread takes at a time.
  private static final int ROWS = 25;

  private final TileBank bank;
  private final List<Layer> layers = new ArrayList<>();
  private final Kernels kernels;
  private final Coupling coupling;
  private final Dropout dropout;
  private final ForwardPass pass;
  private final Deltas deltas;
  private Partition partition;
  private Set<Access> granted = EnumSet.allOf(Access.class);

  /// A network on the tiles of `bank`, with heads for `classes` classes.
  ///
  /// @param dropoutKey the random stream of the masks
  public Network(
      TileBank bank,
      int classes,
      Coupling coupling,
      Dropout dropout,
      long dropoutKey,
      Kernels kernels) {
    this.bank = bank;
    this.kernels = kernels;
    this.coupling = coupling;
    this.dropout = dropout;
    bank.tiles()
        .forEach(tile -> layers.add(new Layer(tile, new Head(tile.outputs(), classes, kernels))));
    this.pass = new ForwardPass(this, dropoutKey);
    this.deltas = new Deltas(layers, kernels);
  }

  /// The shapes of the tiles for layer sizes such as 784, 512, 512, 10: all but the last, which is the classes of the
  /// heads.
  ///
  /// @throws LearningException unless there is at least one hidden layer and all sizes are positive
  public static List<TileBank.Shape> shapes(List<Integer> sizes) {
    if (sizes.size() < 3 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new LearningException(
          "layers %s: give at least inputs, one hidden layer and classes, for example 784,256,10"
              .formatted(sizes));
    }
    List<TileBank.Shape> shapes = new ArrayList<>();
    for (int k = 0; k + 2 < sizes.size(); k++) {
      shapes.add(new TileBank.Shape(sizes.get(k), sizes.get(k + 1)));
    }
    return shapes;
  }

  /// Keeps the first layer in two parts. To be asked for before [#initialise]; who changes weights for a while does so to
  /// all of them.
  public void part(Partition parts) {
    partition = parts;
    deltas.part(parts);
  }

  /// Gives every weight a normal random start, of standard deviation `scale` over the root of a tile's inputs.
  public void initialise(double scale, RandomGenerator random) {
    for (Layer layer : layers) {
      int inputs = layer.tile().inputs();
      double sigma = scale / Math.sqrt(inputs);
      Batch start = Batch.zeros(inputs, layer.tile().outputs());
      float[] row = new float[layer.tile().outputs()];
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) (sigma * random.nextGaussian());
        }
        start.setRow(i, row);
      }
      if (partition != null && layer == layers.getFirst()) {
        partition.clear(start);
      }
      layer.tile().apply(new WeightUpdate.Increment(start));
    }
  }

  /// Limits what may be seen and touched to what `rule` asks for.
  ///
  /// @throws LearningException if the hardware cannot give it
  public void grant(LearningRule rule) {
    for (Access access : rule.needs()) {
      Capability capability =
          switch (access) {
            case BIAS_PROBE -> Capability.BIAS_PROBE;
            case TRANSPOSED_READS -> Capability.TRANSPOSE;
            case HELD_OUTPUTS -> Capability.HELD_OUTPUTS;
            case FAST_WEIGHTS -> Capability.FAST_WEIGHTS;
            case EXACT_WEIGHTS -> Capability.EXACT_WEIGHTS;
            case OUTPUTS, LAYER_OUTPUTS, WEIGHT_JITTER, NOMINAL_WEIGHTS -> null;
          };
      if (capability != null && !bank.capabilities().contains(capability)) {
        throw new LearningException(
            "rule %s needs %s, which %s cannot give"
                .formatted(rule.name(), words(access), bank.name()));
      }
    }
    granted = rule.needs().isEmpty() ? EnumSet.noneOf(Access.class) : EnumSet.copyOf(rule.needs());
  }

  private static String words(Access access) {
    return access.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void require(Access access) {
    boolean covered = access == Access.OUTPUTS && granted.contains(Access.LAYER_OUTPUTS);
    if (!covered && !granted.contains(access)) {
      throw new LearningException(
          "the rule did not ask for %s: add it to its needs()".formatted(words(access)));
    }
  }

  public int depth() {
    return layers.size();
  }

  public Layer layer(int k) {
    return layers.get(k);
  }

  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  public TileBank bank() {
    return bank;
  }

  public Kernels kernels() {
    return kernels;
  }

  public Dropout dropout() {
    return dropout;
  }

  public Coupling coupling() {
    return coupling;
  }

  /// The network's own deltas, emptied: the place for a rule's estimate.
  public Deltas deltas() {
    deltas.clear();
    return deltas;
  }

  /// Sends a training batch through, with dropout.
  public Activations forward(Minibatch batch) {
    require(Access.LAYER_OUTPUTS);
    return pass.train(batch, _ -> null);
  }

  /// The same with a probe added to the bias of each neuron of each layer.
  ///
  /// @param probes for each layer 1 x outputs, n x outputs for each example its own, or null for none
  public Activations forward(Minibatch batch, IntFunction<INDArray> probes) {
    require(Access.LAYER_OUTPUTS);
    require(Access.BIAS_PROBE);
    return pass.train(batch, probes);
  }

  /// Goes through the network again with what layers answer changed on the way: layer `first` is not read again but answers
  /// what it did in `before`, those behind it are read. All from `first` on are disturbed before they are rectified.
  ///
  /// @param before a training pass of this network, with the same masks
  /// @return the second pass, apart from `before`; the next of the same size overwrites it
  public Activations resume(Activations before, int first, Disturbance disturbance) {
    require(Access.LAYER_OUTPUTS);
    return pass.resume(before, first, disturbance);
  }

  /// Lets layer `k` of a pass go on with other outputs than those its hardware gave: its activity and the inputs of the next
  /// layer follow, with the same masks. Nothing is read.
  ///
  /// @param copy a [copy][Activations#copy] of a pass of this network, which is changed
  /// @param outputs n x outputs, before the rectifier
  public void activate(Activations copy, int k, INDArray outputs) {
    require(Access.LAYER_OUTPUTS);
    pass.activate(copy, k, Tensors.batch(outputs));
  }

  /// One more read of layer `k` alone, on inputs that it was given before, with a probe at each neuron.
  ///
  /// @param probes 1 x outputs, or n x outputs for each vector its own
  /// @return the hardware's answer, n x outputs, in a new array
  public INDArray probe(int k, INDArray inputs, INDArray probes) {
    require(Access.BIAS_PROBE);
    INDArray output = Tensors.zeros((int) inputs.size(0), layers.get(k).tile().outputs());
    layers
        .get(k)
        .tile()
        .forward(Tensors.batch(inputs), Tensors.batch(probes), Tensors.batch(output));
    return output;
  }

  /// Reads layer `k` the other way round: `delta` Wᵀ, as the hardware does it, without bias.
  ///
  /// @param delta n x outputs of the layer, of either sign and any size; see [Tile#transpose]
  /// @return n x inputs of the layer, in a new array
  public INDArray transpose(int k, INDArray delta) {
    require(Access.TRANSPOSED_READS);
    Tile tile = layers.get(k).tile();
    INDArray inputs = Tensors.zeros((int) delta.size(0), tile.inputs());
    tile.transpose(Tensors.batch(delta), Tensors.batch(inputs));
    return inputs;
  }

  /// By how much the power in the circuit of all layers grows with each weight; see [TileBank#powerSlopes].
  ///
  /// @param held n x outputs of the last layer, or null where they are left alone
  /// @return for each layer inputs x outputs, summed over the examples
  public List<INDArray> powerSlopes(INDArray inputs, INDArray held) {
    require(Access.HELD_OUTPUTS);
    Batch outputs = held == null ? null : Tensors.batch(held);
    return bank.powerSlopes(Tensors.batch(inputs), outputs).stream().map(Tensors::copy).toList();
  }

  /// The activity of the last layer for a training batch, n x units: all that a rule with outputs only sees.
  public INDArray outputs(Minibatch batch) {
    require(Access.OUTPUTS);
    return pass.train(batch, _ -> null).hidden(depth() - 1);
  }

  /// Changes weights of layer `k` for a while, for a rule that perturbs them; it must change them back itself.
  ///
  /// @param counts inputs x outputs: how many [#jitterStep] to add to each weight
  public void jitter(int k, short[] counts) {
    require(Access.WEIGHT_JITTER);
    Tile tile = layers.get(k).tile();
    if (tile.weightStep() > 0) {
      tile.apply(new WeightUpdate.Pulses(counts));
      return;
    }
    Batch increment = Batch.zeros(tile.inputs(), tile.outputs());
    for (int i = 0; i < counts.length; i++) {
      increment.set(i / tile.outputs(), i % tile.outputs(), (float) (counts[i] * EXACT_JITTER));
    }
    tile.apply(new WeightUpdate.Increment(increment));
  }

  /// The same for one weight alone.
  ///
  /// @param weight its place in the layer, row-major
  /// @param count how many [#jitterStep] to add to it
  public void jitter(int k, int weight, int count) {
    Tile tile = layers.get(k).tile();
    short[] counts = new short[tile.inputs() * tile.outputs()];
    counts[weight] = (short) count;
    jitter(k, counts);
  }

  /// The weight that one count of [#jitter] adds to layer `k`: one pulse, or the same on exact weights.
  public double jitterStep(int k) {
    double step = layers.get(k).tile().weightStep();
    return step > 0 ? step : EXACT_JITTER;
  }

  /// The tiles beside the network's own whose weights fade by themselves, each with its bank, from the fastest to the slowest.
  public List<TileBank> fading() {
    require(Access.FAST_WEIGHTS);
    return bank.fading();
  }

  /// Lets time pass in which nothing is asked of the hardware; see [TileBank#pause].
  public void pause(double seconds) {
    require(Access.FAST_WEIGHTS);
    bank.pause(seconds);
  }

  /// The weights of layer `k` as they were meant when written, a copy, inputs x outputs.
  public Batch nominalWeights(int k) {
    require(Access.NOMINAL_WEIGHTS);
    return layers.get(k).tile().nominalWeights();
  }

  /// The exact weights of layer `k`, a copy, inputs x outputs.
  public Batch exactWeights(int k) {
    require(Access.EXACT_WEIGHTS);
    return layers.get(k).tile().measureWeights(1);
  }

  /// Takes over what another network of the same shape has learned: its weights as they can be measured, written closed
  /// loop, and its biases and heads as they are.
  ///
  /// @param repeats reads averaged for each weight
  /// @param tolerance of the written weights, in weight units
  public void copyFrom(Network other, int repeats, double tolerance) {
    for (int k = 0; k < depth(); k++) {
      Tile home = other.layers.get(k).tile();
      Tile tile = layers.get(k).tile();
      tile.apply(new WeightUpdate.Program(home.measureWeights(repeats), tolerance));
      tile.setBias(home.bias());
    }
    copyHeads(other);
  }

  /// Takes over the heads of another network of the same shape, and nothing else.
  public void copyHeads(Network other) {
    for (int k = 0; k < depth(); k++) {
      Head head = other.layers.get(k).head();
      layers.get(k).head().weights().assign(head.weights());
      layers.get(k).head().bias().assign(head.bias());
    }
  }

  /// Saves what was learned: for each layer its weights as measured, biases and head, as `.npy`.
  ///
  /// @throws IOException if a file cannot be written
  public void save(Path folder) throws IOException {
    for (int k = 0; k < depth(); k++) {
      Layer layer = layers.get(k);
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

  /// Sends inputs through for evaluation: nothing dropped, everything scaled by the share that training kept.
  public Activations evaluate(INDArray inputs) {
    return pass.evaluate(inputs, (_, _) -> {});
  }

  /// The same with what layers answer changed on the way, for rules whose units are not rectifiers.
  public Activations evaluate(INDArray inputs, Disturbance disturbance) {
    return pass.evaluate(inputs, disturbance);
  }

  public Head lastHead() {
    return layers.get(depth() - 1).head();
  }

  /// Shares out the rows of a batch over the workers, in pieces that do not depend on their number.
  public void forRows(int rows, RowRange body) {
    kernels
        .workers()
        .forEach(Math.ceilDiv(rows, ROWS), i -> body.run(i * ROWS, Math.min(rows, (i + 1) * ROWS)));
  }

  /// Works on rows `first` (inclusive) to `last` (exclusive).
  @FunctionalInterface
  public interface RowRange {
    void run(int first, int last);
  }
}
