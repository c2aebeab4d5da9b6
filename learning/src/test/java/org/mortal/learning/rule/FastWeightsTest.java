package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.learning.Deltas;
import org.mortal.learning.Dropout;
import org.mortal.learning.Fixture;
import org.mortal.learning.LeakyTileBank;
import org.mortal.learning.LearningException;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.task.AssociativeRecall;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.mortal.learning.task.Tasks;
import org.mortal.tile.FastTileBank;
import org.mortal.tile.TileBank;
import org.mortal.tile.WeightUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

class FastWeightsTest {
  private static final Task TASK = Tasks.load("associative-recall", null, 1);
  private static final List<Integer> SIZES = List.of(TASK.inputs(), 32, TASK.classes());
  private static final double FAST = 0.4e-3;
  private static final double MEDIUM = 50e-3;

  private static TileBank bank(double... seconds) {
    List<TileBank> fading =
        Arrays.stream(seconds).<TileBank>mapToObj(FastWeightsTest::leaky).toList();
    return new FastTileBank(Fixture.exactBank(SIZES), fading);
  }

  private static TileBank leaky(double seconds) {
    TileBank.Shape shape = FastWeights.memoryShape(SIZES.get(1), TASK.classes());
    return new LeakyTileBank(shape, seconds, Fixture.KERNELS);
  }

  /// A network whose slow weights know nothing: what it answers, it was told.
  private static double recalled(TileBank bank, double seconds) {
    FastWeights rule = new FastWeights();
    Network network = Trainer.network(bank, TASK.classes(), rule.recipe(), 1, Fixture.KERNELS);
    network.grant(rule);
    DataSet told = AssociativeRecall.told(1, 1, seconds, 64);
    return 1 - rule.evaluation(network, TASK, _ -> true).error(told);
  }

  @Test
  void recallsForAsLongAsTheCellsDo() {
    assertTrue(recalled(bank(FAST), 0.1e-3) > 0.9);
    assertTrue(recalled(bank(MEDIUM), 10e-3) > 0.9);
    // An answer below the least float that can be added to: 0.1 s are 250 time constants.
    assertTrue(recalled(bank(FAST), 0.1) < 0.3);
  }

  @Test
  void whatWasToldFadesByTheLawOfTheTile() {
    TileBank bank = leaky(FAST);
    FadingMemory memory = new FadingMemory(bank, TASK.classes());
    int[][] code = {{1, 5, 7}, {2, 5, 9}};
    memory.tell(code, new int[] {3, -1});
    assertEquals(1, memory.ask(code)[0][3], 1e-5);
    assertArrayEquals(new float[TASK.classes()], memory.ask(code)[1], 0);
    bank.pause(FAST);
    assertEquals(Math.exp(-1), memory.ask(code)[0][3], 1e-5);
    memory.tell(code, new int[] {3, -1});
    bank.pause(2 * FAST);
    assertEquals(Math.exp(-3) + Math.exp(-2), memory.ask(code)[0][3], 1e-5);
  }

  /// On what is asked, without what was told.
  private static Minibatch asked(Minibatch batch) {
    int inputs = TASK.inputs();
    int last = batch.inputs().columns() - (inputs + TASK.classes() + 1);
    float[][] rows = Tensors.batch(batch.inputs()).toArrays();
    float[][] keys = new float[rows.length][];
    for (int n = 0; n < rows.length; n++) {
      keys[n] = Arrays.copyOfRange(rows[n], last, last + inputs);
    }
    INDArray questions = Tensors.copy(Batch.of(keys));
    return new Minibatch(questions, batch.labels(), batch.targets(), batch.number());
  }

  private static Minibatch batch(int size) {
    DataSet part = TASK.train().slice(0, size);
    INDArray targets = Tensors.zeros(size, TASK.classes());
    for (int n = 0; n < size; n++) {
      targets.putScalar(n, part.labels()[n], 1);
    }
    return new Minibatch(part.inputs(), part.labels(), targets, 0);
  }

  @Test
  void withoutFastWeightsItIsTheSlowRule() {
    Minibatch batch = batch(40);
    FastWeights rule = new FastWeights();
    Network fast = Fixture.network(bank(), TASK.classes());
    fast.grant(rule);
    rule.beginEpoch(fast, batch, new Philox(1));
    Deltas deltas = rule.estimate(fast, batch, new Philox(1));
    LocalCrossEntropy plain = new LocalCrossEntropy(Slope.TABLE);
    Network slow = Fixture.network(Fixture.exactBank(SIZES), TASK.classes());
    plain.beginEpoch(slow, asked(batch), new Philox(1));
    Deltas expected = plain.estimate(slow, asked(batch), new Philox(1));
    assertEquals(expected.layer(0).weights(), deltas.layer(0).weights());
    assertEquals(expected.head(0).weights(), deltas.head(0).weights());
  }

  private static double error(TileBank bank) {
    FastWeights rule = new FastWeights();
    Recipe recipe = rule.recipe().withRate(0.01).withDropout(Dropout.NONE);
    Network network = Trainer.network(bank, TASK.classes(), recipe, 1, Fixture.KERNELS);
    Task small =
        TASK.withParts(
            TASK.train().slice(0, 1000), TASK.validation().slice(0, 64), TASK.test().slice(0, 400));
    return new Trainer(rule, network, recipe, 1)
        .train(small, new Trainer.Budget.Epochs(6), new Trainer.Listener() {}, () -> false)
        .testError();
  }

  @Test
  void eachTimeScaleAdds() {
    double none = error(bank());
    double fast = error(bank(FAST));
    double medium = error(bank(MEDIUM));
    double both = error(bank(FAST, MEDIUM));
    String all = "none %.3f, fast %.3f, medium %.3f, both %.3f".formatted(none, fast, medium, both);
    assertTrue(both < medium - 0.05 && both < fast - 0.05, all);
    assertTrue(medium < none - 0.1 && fast < none - 0.05, all);
  }

  @Test
  void aNetworkWithoutThemIsRefused() {
    Network network = Fixture.network(Fixture.exactBank(SIZES), TASK.classes());
    String message =
        assertThrows(LearningException.class, () -> network.grant(new FastWeights())).getMessage();
    assertEquals("rule fast-weights needs fast weights, which exact cannot give", message);
  }

  @Test
  void anUntoldValueIsNotWritten() {
    LeakyTileBank bank = new LeakyTileBank(FastWeights.memoryShape(8, 2), 1, Fixture.KERNELS);
    new FadingMemory(bank, 2).tell(new int[][] {{0, 1}}, new int[] {-1});
    assertEquals(0, bank.tiles().getFirst().measureWeights(1).get(0, 0));
    assertThrows(
        UnsupportedOperationException.class,
        () -> bank.tiles().getFirst().apply(new WeightUpdate.Program(null, 0)));
  }
}
