package org.mortal.learning;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.tile.Capability;
import org.mortal.tile.TileBank;

/// A rule gets what it asked for, if the hardware has it, and nothing else.
class GrantTest {
  private static final List<Integer> SIZES = List.of(6, 4, 3);
  private static final Minibatch BATCH = Fixture.batch(5, 6, 3, 1);

  /// What a rule may do with each access, and with that one alone (but for what is implied).
  private static final Map<Access, List<Access>> SUFFICIENT =
      Map.of(
          Access.OUTPUTS, List.of(Access.OUTPUTS, Access.LAYER_OUTPUTS),
          Access.LAYER_OUTPUTS, List.of(Access.LAYER_OUTPUTS),
          Access.BIAS_PROBE, List.of(Access.BIAS_PROBE),
          Access.TRANSPOSED_READS, List.of(Access.TRANSPOSED_READS),
          Access.HELD_OUTPUTS, List.of(Access.HELD_OUTPUTS),
          Access.NOMINAL_WEIGHTS, List.of(Access.NOMINAL_WEIGHTS),
          Access.FAST_WEIGHTS, List.of(Access.FAST_WEIGHTS),
          Access.WEIGHT_JITTER, List.of(Access.WEIGHT_JITTER),
          Access.EXACT_WEIGHTS, List.of(Access.EXACT_WEIGHTS));

  private static void use(Network network, Access access) {
    switch (access) {
      case OUTPUTS -> network.outputs(BATCH);
      case LAYER_OUTPUTS -> network.forward(BATCH);
      case BIAS_PROBE -> network.probe(0, BATCH.inputs(), Tensors.zeros(1, 4));
      case TRANSPOSED_READS -> network.transpose(0, Tensors.zeros(5, 4));
      case HELD_OUTPUTS -> network.powerSlopes(BATCH.inputs(), null);
      case WEIGHT_JITTER -> network.jitter(0, new short[6 * 4]);
      case FAST_WEIGHTS -> network.fading();
      case NOMINAL_WEIGHTS -> network.nominalWeights(0);
      case EXACT_WEIGHTS -> network.exactWeights(0);
    }
  }

  /// A bank that can do everything.
  private static TileBank capable() {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    return new QuirkyTileBank(Network.shapes(SIZES), 2, 0, all, Fixture.KERNELS);
  }

  private static String words(Access access) {
    return access.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void whatWasNotAskedForIsRefused(Access used) {
    for (Access asked : Access.values()) {
      Network network = Fixture.network(capable(), 3);
      network.grant(Fixture.needing(asked));
      if (SUFFICIENT.get(used).contains(asked)) {
        assertDoesNotThrow(() -> use(network, used));
      } else {
        assertEquals(
            "the rule did not ask for %s: add it to its needs()".formatted(words(used)),
            assertThrows(LearningException.class, () -> use(network, used)).getMessage());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void aRuleWithoutNeedsGetsNothing(Access used) {
    Network network = Fixture.network(Fixture.exactBank(SIZES), 3);
    network.grant(Fixture.needing());
    assertThrows(LearningException.class, () -> use(network, used));
  }

  @Test
  void probedPassesNeedBoth() {
    Network network = Fixture.network(Fixture.exactBank(SIZES), 3);
    network.grant(Fixture.needing(Access.LAYER_OUTPUTS));
    assertThrows(LearningException.class, () -> network.forward(BATCH, _ -> null));
    network.grant(Fixture.needing(Access.BIAS_PROBE));
    assertThrows(LearningException.class, () -> network.forward(BATCH, _ -> null));
    network.grant(Fixture.needing(Access.BIAS_PROBE, Access.LAYER_OUTPUTS));
    assertDoesNotThrow(() -> network.forward(BATCH, _ -> null));
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void hardwareThatCannotGiveItRefusesTheRule(Access needed) {
    Set<Capability> pulsesOnly = EnumSet.of(Capability.PULSES);
    TileBank bank = new QuirkyTileBank(Network.shapes(SIZES), 2, 0, pulsesOnly, Fixture.KERNELS);
    Network network = Fixture.network(bank, 3);
    LearningRule rule = Fixture.needing(needed);
    switch (needed) {
      case BIAS_PROBE, TRANSPOSED_READS, HELD_OUTPUTS, EXACT_WEIGHTS ->
          assertEquals(
              "rule test-rule needs %s, which quirky cannot give".formatted(words(needed)),
              assertThrows(LearningException.class, () -> network.grant(rule)).getMessage());
      case OUTPUTS, LAYER_OUTPUTS, WEIGHT_JITTER, NOMINAL_WEIGHTS ->
          assertDoesNotThrow(() -> network.grant(rule));
    }
  }
}
