package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.Access;
import org.mortal.learning.Activations;
import org.mortal.learning.Deltas;
import org.mortal.learning.Fixture;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.QuirkyTileBank;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.World;
import org.mortal.learning.task.Environment;
import org.mortal.learning.task.Task;
import org.mortal.learning.task.Tasks;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

class TdLambdaTest {

  /// Five places in a row, with an end on either side; only the one on the right earns something.
  private record Walk(int limit) implements Environment {
    static final int PLACES = 5;

    @Override
    public double bestReturn() {
      return 1;
    }

    @Override
    public double[] start(float[] observation) {
      return new double[] {PLACES / 2};
    }

    @Override
    public void observe(double[] state, float[] observation) {
      for (int i = 0; i < observation.length; i++) {
        observation[i] = i == state[0] ? 1 : 0;
      }
    }

    @Override
    public SequencedMap<String, Double> gauges(double[] state) {
      return new TreeMap<>();
    }

    @Override
    public Outcome step(double[] state, int action) {
      state[0] += action == 1 ? 1 : -1;
      return new Outcome(state[0] == PLACES ? 1 : 0, state[0] < 0 || state[0] == PLACES);
    }
  }

  /// A layer that hands its inputs on, and heads that have no preference.
  private static Network copying() {
    Network network = Fixture.network(Fixture.exactBank(List.of(Walk.PLACES, Walk.PLACES, 2)), 2);
    Batch identity = Batch.zeros(Walk.PLACES, Walk.PLACES);
    for (int i = 0; i < Walk.PLACES; i++) {
      identity.set(i, i, 1);
    }
    network.layer(0).tile().apply(new WeightUpdate.Program(identity, 0));
    network.layer(0).tile().setBias(new float[Walk.PLACES]);
    network.layer(0).head().weights().assign(0);
    network.layer(0).head().bias().assign(0);
    return network;
  }

  /// Without discount the values of a random walk are the chances to end on the right: 1/6 to 5/6.
  @Test
  void findsTheValuesOfARandomWalk() {
    for (double lambda : new double[] {0, 0.8}) {
      TdLambda rule = new TdLambda(1, lambda);
      World world = new World(new Walk(10_000), 400, Walk.PLACES);
      run(rule, copying(), world, 250);
      double[] values = rule.values();
      Batch places = Tensors.batch(world.inputs());
      for (int n = 0; n < values.length; n++) {
        for (int i = 0; i < Walk.PLACES; i++) {
          if (places.get(n, i) == 1) {
            assertEquals((i + 1) / 6.0, values[n], 0.04, "place " + i + ", lambda " + lambda);
          }
        }
      }
    }
  }

  /// An episode that is cut short is worth what it promises: values stay those of the walk that goes on.
  @Test
  void beingCutShortDoesNotLowerValues() {
    TdLambda rule = new TdLambda(1, 0.8);
    World world = new World(new Walk(3), 400, Walk.PLACES);
    run(rule, copying(), world, 250);
    double sum = 0;
    for (double value : rule.values()) {
      sum += value / rule.values().length;
    }
    assertEquals(0.5, sum, 0.05);
  }

  private static void run(TdLambda rule, Network network, World world, int moments) {
    RandomGenerator random = new Philox(5);
    rule.beginEpoch(network, world.samples(), random);
    for (int t = 0; t < moments; t++) {
      rule.estimate(network, world.next(), random);
    }
  }

  /// One step to the end, which earns 1 whatever is done.
  private record Instant(List<Integer> actions) implements Environment {
    @Override
    public int limit() {
      return 10;
    }

    @Override
    public double bestReturn() {
      return 1;
    }

    @Override
    public double[] start(float[] observation) {
      double[] state = new double[observation.length];
      for (int i = 0; i < state.length; i++) {
        state[i] = observation[i];
      }
      return state;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      for (int i = 0; i < observation.length; i++) {
        observation[i] = (float) state[i];
      }
    }

    @Override
    public SequencedMap<String, Double> gauges(double[] state) {
      return new TreeMap<>();
    }

    @Override
    public Outcome step(double[] state, int action) {
      actions.add(action);
      return new Outcome(1, true);
    }
  }

  /// What earned 1 where nothing was expected is made likelier: minus the derivative of the logarithm of its probability.
  @Test
  void anEstimateIsTheDerivativeOfTheLogarithmOfWhatWasDone() {
    Network network = Fixture.network(Fixture.exactBank(List.of(6, 5, 3)), 3);
    List<Integer> actions = new ArrayList<>();
    World world = new World(new Instant(actions), 20, 6);
    TdLambda rule = new TdLambda();
    network.grant(rule);
    RandomGenerator random = new Philox(3);
    rule.beginEpoch(network, world.samples(), random);
    INDArray inputs = world.next().inputs().dup('c');
    rule.estimate(network, world.last(), random);
    Deltas deltas = rule.estimate(network, world.next(), random);
    float[][] estimate = Tensors.batch(deltas.layer(0).weights()).toArrays();
    float[][] head = Tensors.batch(deltas.head(0).weights()).toArrays();
    float step = 5e-3f;
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 5; j++) {
        double slope =
            (meanLog(network, rule, inputs, actions, i, j, step)
                    - meanLog(network, rule, inputs, actions, i, j, -step))
                / (2 * step);
        assertEquals(-slope, estimate[i][j], 2e-2 * Math.abs(slope) + 2e-4);
      }
    }
    INDArray weights = network.layer(0).head().weights();
    float kept = weights.getFloat(2, 1);
    weights.putScalar(2, 1, kept + step);
    double above = meanLog(network, rule, inputs, actions, 0, 0, 0);
    weights.putScalar(2, 1, kept - step);
    double below = meanLog(network, rule, inputs, actions, 0, 0, 0);
    assertEquals(-(above - below) / (2 * step), head[2][1], 1e-3);
  }

  /// The mean logarithm of the probability of what was done, with one weight changed for a while.
  private static double meanLog(
      Network network,
      LearningRule rule,
      INDArray inputs,
      List<Integer> actions,
      int i,
      int j,
      float change) {
    Batch increment = Batch.zeros(6, 5);
    increment.set(i, j, change);
    network.layer(0).tile().apply(new WeightUpdate.Increment(increment));
    INDArray shares = Losses.softmax(rule.predict(network, inputs));
    increment.set(i, j, -change);
    network.layer(0).tile().apply(new WeightUpdate.Increment(increment));
    double sum = 0;
    for (int n = 0; n < inputs.size(0); n++) {
      sum += Math.log(shares.getFloat(n, actions.get(n)));
    }
    return sum / inputs.size(0);
  }

  /// Moments kept as factors do what a trace for every weight and episode does, but for the hundredth that is cut off.
  @Test
  void factorsOfMomentsStandForTraces() {
    int episodes = 3;
    double fading = 0.4;
    Network network = Fixture.network(Fixture.exactBank(List.of(4, 3, 2)), 2);
    network.grant(Fixture.needing(Access.LAYER_OUTPUTS));
    World world = new World(new Walk(7), episodes, 4);
    Eligibility eligibility = new Eligibility(network, episodes, fading);
    double[][] traces = new double[episodes][4 * 3];
    Philox random = new Philox(8);
    for (int t = 0; t < 40; t++) {
      Minibatch batch = world.next();
      if (t > 0) {
        double[] errors = new double[episodes];
        double[] plain = new double[12];
        for (int n = 0; n < episodes; n++) {
          boolean begins = batch.episodes().steps(n) == 0;
          errors[n] = begins ? 0 : random.nextGaussian();
          for (int w = 0; w < 12; w++) {
            traces[n][w] = begins ? 0 : traces[n][w];
            plain[w] -= errors[n] * traces[n][w] / episodes;
          }
        }
        Deltas deltas = network.deltas();
        eligibility.credit(batch.episodes(), errors, deltas);
        float[][] made = Tensors.batch(deltas.layer(0).weights()).toArrays();
        for (int w = 0; w < 12; w++) {
          assertEquals(plain[w], made[w / 3][w % 3], 0.05, "moment " + t + ", weight " + w);
        }
      }
      INDArray inputs = Fixture.random(episodes, 4, random);
      Activations pass = network.forward(new Minibatch(inputs, new int[episodes], null, 0));
      INDArray neurons = Fixture.random(episodes, 3, random);
      eligibility.remember(pass, Tensors.zeros(episodes, 2), List.of(neurons));
      for (int n = 0; n < episodes; n++) {
        for (int w = 0; w < 12; w++) {
          double product = inputs.getFloat(n, w / 3) * neurons.getFloat(n, w % 3);
          traces[n][w] = fading * traces[n][w] + product;
        }
      }
      batch.episodes().act(new int[] {t % 2, (t / 2) % 2, (t / 3) % 2});
    }
  }

  private static Trainer.Result train(List<Integer> sizes, double epochs) {
    Task task = Tasks.load("cartpole", null, 1);
    LearningRule rule = new TdLambda();
    Recipe recipe = rule.recipe();
    QuirkyTileBank bank = new QuirkyTileBank(Network.shapes(sizes), 2, 0.05, Fixture.KERNELS);
    Network network = Trainer.network(bank, task.classes(), recipe, 1, Fixture.KERNELS);
    return new Trainer(rule, network, recipe, 1)
        .train(task, new Trainer.Budget.Epochs(epochs), new Trainer.Listener() {}, () -> false);
  }

  /// Whoever always does the same keeps the pole up for about ten steps.
  @Test
  void keepsThePoleUpThroughNoisyTilesTheSameWayAgain() {
    Trainer.Result result = train(List.of(32, 32, 2), 1);
    double mean = result.test().figures().get("meanReturn");
    assertTrue(mean > 100, "mean return " + mean);
    assertEquals(312 * 32, result.examples());
    assertTrue(
        result.queriesPerSample() < 1.5,
        "one read a moment, and slopes: " + result.queriesPerSample());
    Trainer.Result again = train(List.of(32, 32, 2), 1);
    assertEquals(result.test(), again.test());
    assertEquals(result.validationError(), again.validationError());
  }

  @Test
  void twoHiddenLayersLearnToo() {
    double mean = train(List.of(32, 24, 16, 2), 1).test().figures().get("meanReturn");
    assertTrue(mean > 100, "mean return " + mean);
  }
}
