package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.Trainer.Epoch;
import org.mortal.learning.Trainer.Listener;
import org.mortal.learning.rule.LocalCrossEntropy;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Digits;
import org.mortal.learning.task.Task;
import org.mortal.tile.ExactTileBank;
import org.mortal.tile.TileBank;

class TrainerTest {
  private static final Task DIGITS = Digits.generate(3, 200, 40, 40);
  private static final Task PATTERNS = Fixture.patterns(1);
  private static final List<Kernels> KERNELS =
      List.of(Fixture.KERNELS, Kernels.select(2), Kernels.select(3));
  private static final List<Integer> DIGIT_SIZES = List.of(784, 40, 30, 10);
  private static final List<Integer> PATTERN_SIZES = List.of(24, 10, 8, 4);

  /// All that a training leaves behind, but for how long it took.
  private record Trace(List<String> figures, float[][][] weights) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Trace trace
          && figures.equals(trace.figures)
          && Arrays.deepEquals(weights, trace.weights);
    }

    @Override
    public int hashCode() {
      return figures.hashCode();
    }
  }

  private static Trace train(String rule, long seed, int threads) {
    Kernels kernels = KERNELS.get(threads - 1);
    LearningRule made = Rules.named(rule, Rules.Options.STANDARD);
    List<TileBank.Shape> shapes = Network.shapes(DIGIT_SIZES);
    TileBank bank =
        made.isYardstick()
            ? new ExactTileBank(shapes, kernels)
            : new QuirkyTileBank(shapes, 2, 0.02, kernels);
    Recipe recipe = made.recipe().withBatch(50);
    Network network = Trainer.network(bank, 10, recipe, seed, kernels);
    Trainer.Result result =
        new Trainer(made, network, recipe, seed)
            .train(DIGITS, new Budget.Epochs(2), new Listener() {}, () -> false);
    List<String> figures = new ArrayList<>();
    for (Epoch epoch : result.epochs()) {
      figures.add(epoch.number() + " " + epoch.validationError() + " " + epoch.queries());
    }
    figures.add(result.testError() + " " + result.meter().evaluation());
    figures.add(result.meter().training().toString());
    List<float[][]> weights = new ArrayList<>();
    for (Layer layer : network.layers()) {
      weights.add(layer.tile().measureWeights(1).toArrays());
      weights.add(layer.head().weights().toFloatMatrix());
      weights.add(new float[][] {layer.tile().bias()});
    }
    return new Trace(figures, weights.toArray(float[][][]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-cross-entropy", "forward-forward", "spsa", "backprop"})
  void oneSeedGivesTheSameBitsOnAnyNumberOfThreads(String rule) {
    Trace one = train(rule, 1, 1);
    assertEquals(one, train(rule, 1, 2), "2 threads");
    assertEquals(one, train(rule, 1, 3), "3 threads");
    assertNotEquals(one, train(rule, 2, 1), "another seed");
  }

  /// A trainer on patterns, whose epoch has 10 steps of 40 examples.
  private record Session(Network network, Trainer trainer) {
    static Session of(Supplier<TileBank> bank) {
      Recipe recipe = Recipe.STANDARD.withBatch(40);
      Network network = Trainer.network(bank.get(), 4, recipe, 1, Fixture.KERNELS);
      LearningRule rule = new LocalCrossEntropy(LocalCrossEntropy.Slope.NOMINAL);
      return new Session(network, new Trainer(rule, network, recipe, 1));
    }

    static Session exact() {
      return of(() -> Fixture.exactBank(PATTERN_SIZES));
    }

    Trainer.Result train(Budget budget) {
      return trainer.train(PATTERNS, budget, new Listener() {}, () -> false);
    }
  }

  @Test
  void epochsAreCountedInFractions() {
    Trainer.Result result = Session.exact().train(new Budget.Epochs(2.3));
    assertEquals(23 * 40, result.examples());
    assertEquals(List.of(1.0, 2.0, 2.3), result.epochs().stream().map(Epoch::number).toList());
    assertEquals(23 * 40 * 2, result.meter().training().queries());
    assertEquals(2, result.queriesPerSample());
    // Three looks at the validation set and one at the test set.
    assertEquals(2 * (3 * 100 + 200), result.meter().evaluation().queries());
    assertEquals(result.epochs().getLast().validationError(), result.validationError());
    assertFalse(result.interrupted());
    assertEquals(40, Session.exact().train(new Budget.Epochs(0.001)).examples(), "one step");
  }

  @Test
  void aBudgetOfQueriesEndsWithTheStepThatReachesIt() {
    Trainer.Result result = Session.exact().train(new Budget.Queries(1000));
    // A step sends 40 examples through two tiles.
    assertEquals(1040, result.meter().training().queries());
    assertEquals(13 * 40, result.examples());
    assertEquals(List.of(1.0, 1.3), result.epochs().stream().map(Epoch::number).toList());
  }

  @Test
  void aStopEndsTrainingAndStillTests() {
    Session session = Session.exact();
    AtomicInteger steps = new AtomicInteger();
    List<Double> shares = new ArrayList<>();
    List<Epoch> heard = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void step(long step, double done) {
            assertEquals(steps.incrementAndGet(), step);
            shares.add(done);
          }

          @Override
          public void epoch(Epoch epoch) {
            heard.add(epoch);
          }
        };
    Trainer.Result result =
        session.trainer.train(PATTERNS, new Budget.Epochs(5), listener, () -> steps.get() == 17);
    assertTrue(result.interrupted());
    assertEquals(17 * 40, result.examples());
    assertEquals(result.epochs(), heard);
    assertEquals(List.of(1.0, 1.7), heard.stream().map(Epoch::number).toList());
    double[] expected = new double[17];
    Arrays.setAll(expected, i -> (i + 1) / 50.0);
    assertArrayEquals(expected, shares.stream().mapToDouble(d -> d).toArray(), 1e-12);
    LearningRule rule = new LocalCrossEntropy(LocalCrossEntropy.Slope.NOMINAL);
    assertEquals(
        Evaluation.of(rule, session.network, PATTERNS, 1).error(PATTERNS.test()),
        result.testError());
    assertEquals(2 * (2 * 100 + 200), result.meter().evaluation().queries());
  }

  @Test
  void aStopWithTheLastStepIsNoInterruption() {
    Trainer.Result result =
        Session.exact()
            .trainer
            .train(PATTERNS, new Budget.Epochs(0.1), new Listener() {}, () -> true);
    assertFalse(result.interrupted());
    assertEquals(40, result.examples());
  }

  @Test
  void aSecondTrainingHasABudgetOfItsOwn() {
    Session session = Session.exact();
    assertEquals(13 * 40, session.train(new Budget.Queries(1000)).examples());
    assertEquals(13 * 40, session.train(new Budget.Queries(1000)).examples());
  }

  @Test
  void errorsAreCountedInPiecesOfTheTestSet() {
    // Untrained heads are zero, so every answer is class 0.
    Session session = Session.exact();
    LearningRule rule = new LocalCrossEntropy(LocalCrossEntropy.Slope.NOMINAL);
    int wrong = 0;
    for (int label : PATTERNS.train().labels()) {
      wrong += label == 0 ? 0 : 1;
    }
    assertEquals(
        wrong / 400.0, Evaluation.of(rule, session.network, PATTERNS, 1).error(PATTERNS.train()));
  }
}
