package org.mortal.learning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mortal.learning.Access;
import org.mortal.learning.Deltas;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;

class RulesTest {

  /// A rule as a researcher would bring it.
  public static final class Idle implements LearningRule {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Set<Access> needs() {
      return EnumSet.of(Access.OUTPUTS);
    }

    @Override
    public Deltas estimate(Network network, Minibatch batch, RandomGenerator random) {
      return network.deltas();
    }
  }

  @Test
  void everyRuleHasTheNameItIsFoundBy() {
    assertEquals(
        List.of(
            "backprop",
            "boltzmann",
            "cascaded-forward",
            "contrastive-divergence",
            "contrastive-hebbian",
            "difference-target-propagation",
            "direct-feedback-alignment",
            "equilibrium-propagation",
            "equilibrium-propagation-one-sided",
            "evolution-strategies",
            "fast-weights",
            "feedback-alignment",
            "forward-forward",
            "generec",
            "local-activity-perturbation",
            "local-cross-entropy",
            "local-guess-projection",
            "local-vicreg",
            "mgd",
            "node-perturbation",
            "pepita",
            "physics-aware",
            "recirculation",
            "reinforce",
            "sign-spsa",
            "sign-symmetry",
            "single-pass-competitive",
            "spsa",
            "symba",
            "td-lambda",
            "transposed-backprop",
            "two-pass-supervised",
            "weight-perturbation"),
        Rules.names());
    for (String name : Rules.names()) {
      LearningRule rule = Rules.named(name, Rules.Options.STANDARD);
      assertEquals(name, rule.name());
      assertEquals(name.equals("backprop"), rule.isYardstick());
    }
  }

  @Test
  void onlyMeasuredSlopesNeedProbes() {
    for (LocalCrossEntropy.Slope slope : LocalCrossEntropy.Slope.values()) {
      LearningRule rule = Rules.named("local-cross-entropy", new Rules.Options(slope));
      assertEquals(
          slope != LocalCrossEntropy.Slope.NOMINAL, rule.needs().contains(Access.BIAS_PROBE));
    }
  }

  @Test
  void aRuleOfOnesOwnIsNamedByItsClass() {
    assertEquals("idle", Rules.named(Idle.class.getName(), Rules.Options.STANDARD).name());
  }

  @Test
  void saysWhatIsWrongWithAName() {
    assertMessage("genetics", "unknown rule 'genetics'", "forward-forward");
    assertMessage("java.lang.String", "java.lang.String is not a LearningRule");
    assertMessage("org.example.Missing", "org.example.Missing could not be made");
    assertMessage(LocalCrossEntropy.class.getName(), "constructor without parameters");
  }

  private static void assertMessage(String name, String... parts) {
    String message =
        assertThrows(LearningException.class, () -> Rules.named(name, Rules.Options.STANDARD))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count());
  }
}
