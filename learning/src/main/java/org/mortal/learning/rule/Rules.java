package org.mortal.learning.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.mortal.learning.LearningException;
import org.mortal.learning.LearningRule;
import org.mortal.learning.rule.EquilibriumPropagation.Nudge;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.task.Goal;

/// The rules that come with Mortal, by name.
public final class Rules {

  /// What a rule can be made with.
  ///
  /// @param slope where the slope of neurons comes from, for rules that measure it
  /// @param probes perturbations averaged for an estimate, for rules that perturb, or null for the rule's own number
  /// @param amplitude of a perturbation, for rules that perturb, or null for the rule's own
  /// @param group neurons that share a perturbation's answer, for rules that have groups, or null for the rule's own
  /// @param adversary how far examples are moved against the rule in training, for rules that can, or null for not at all
  public record Options(
      Slope slope, Integer probes, Double amplitude, Integer group, Double adversary) {
    public static final Options STANDARD = new Options(Slope.TABLE, null, null, null, null);

    /// Everything the rule's own but the slope.
    public Options(Slope slope) {
      this(slope, null, null, null, null);
    }
  }

  private static final Map<String, Function<Options, LearningRule>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("backprop", _ -> new Backprop()),
              Map.entry("boltzmann", _ -> new Boltzmann(Boltzmann.Chains.FREE)),
              Map.entry("cascaded-forward", _ -> new CascadedForward()),
              Map.entry("contrastive-hebbian", _ -> new ContrastiveHebbian()),
              Map.entry("contrastive-divergence", _ -> new Boltzmann(Boltzmann.Chains.FROM_DATA)),
              Map.entry("difference-target-propagation", _ -> new DifferenceTargetPropagation()),
              Map.entry("direct-feedback-alignment", _ -> new DirectFeedbackAlignment()),
              Map.entry(
                  "equilibrium-propagation",
                  o -> new EquilibriumPropagation(Nudge.CENTRED, o.amplitude())),
              Map.entry(
                  "equilibrium-propagation-one-sided",
                  o -> new EquilibriumPropagation(Nudge.ONE_SIDED, o.amplitude())),
              Map.entry(
                  "evolution-strategies", o -> new EvolutionStrategies(o.probes(), o.amplitude())),
              Map.entry("fast-weights", _ -> new FastWeights()),
              Map.entry("feedback-alignment", _ -> new FeedbackAlignment()),
              Map.entry("forward-forward", _ -> new ForwardForward()),
              Map.entry("generec", _ -> new GeneRec()),
              Map.entry(
                  "local-activity-perturbation",
                  o -> new LocalActivityPerturbation(o.probes(), o.amplitude(), o.group())),
              Map.entry(
                  "local-cross-entropy", o -> new LocalCrossEntropy(o.slope(), o.adversary())),
              Map.entry("local-guess-projection", o -> new LocalGuessProjection(o.amplitude())),
              Map.entry("local-vicreg", _ -> new LocalVicreg()),
              Map.entry("mgd", o -> new Mgd(o.probes(), o.amplitude())),
              Map.entry(
                  "node-perturbation",
                  o ->
                      new NodePerturbation(
                          NodePerturbation.Noise.BIAS, true, o.probes(), o.amplitude())),
              Map.entry("pepita", _ -> new Pepita()),
              Map.entry("physics-aware", _ -> new PhysicsAware()),
              Map.entry("recirculation", _ -> new Recirculation()),
              Map.entry("reinforce", o -> new Reinforce(o.probes())),
              Map.entry("sign-spsa", o -> new Spsa(Spsa.Steps.SIGNS, o.probes(), o.amplitude())),
              Map.entry("sign-symmetry", _ -> new SignSymmetry()),
              Map.entry("single-pass-competitive", _ -> new SinglePassCompetitive()),
              Map.entry("spsa", o -> new Spsa(Spsa.Steps.SIZED, o.probes(), o.amplitude())),
              Map.entry("symba", _ -> new Symba()),
              Map.entry("td-lambda", _ -> new TdLambda()),
              Map.entry("transposed-backprop", _ -> new TransposedBackprop()),
              Map.entry("two-pass-supervised", _ -> new TwoPassSupervised()),
              Map.entry(
                  "weight-perturbation", o -> new WeightPerturbation(o.probes(), o.amplitude()))));

  /// Rules for a circuit that settles as a whole, and for no chip.
  private static final Map<String, Function<Options, LearningRule>> ON_CIRCUITS =
      Map.of("coupled-learning", _ -> new CoupledLearning());

  private Rules() {}

  /// The rules that train on chips.
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /// Those of them that learn what a task asks for.
  public static List<String> names(Goal goal) {
    return names().stream().filter(name -> named(name, Options.STANDARD).pursues(goal)).toList();
  }

  /// A new rule, or the one of the class that `name` names where it has a dot: a rule of one's own on the class path.
  ///
  /// @throws LearningException if there is none
  public static LearningRule named(String name, Options options) {
    Function<Options, LearningRule> maker = ALL.getOrDefault(name, ON_CIRCUITS.get(name));
    if (maker != null) {
      return maker.apply(options);
    }
    if (name.contains(".")) {
      return instance(name);
    }
    throw new LearningException(
        "unknown rule '%s'; known are %s, %s on --chip resistors, or the full name of a class of yours"
            .formatted(name, String.join(", ", names()), String.join(", ", ON_CIRCUITS.keySet())));
  }

  private static LearningRule instance(String className) {
    try {
      Object made = Class.forName(className).getDeclaredConstructor().newInstance();
      if (made instanceof LearningRule rule) {
        return rule;
      }
      throw new LearningException("class %s is not a LearningRule".formatted(className));
    } catch (ReflectiveOperationException e) {
      throw new LearningException(
          "rule class %s could not be made: %s; it needs a public constructor without parameters, and to be on MORTAL_CLASSPATH"
              .formatted(className, e.getCause() == null ? e : e.getCause()));
    }
  }
}
