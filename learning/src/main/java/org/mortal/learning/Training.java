package org.mortal.learning;

import org.mortal.kernel.Philox;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.task.Task;

/// A training under way, one step at a time: for those who train several networks in step. [Trainer] does the whole of it.
///
/// The same rule, network, recipe, teacher and seed give the same steps, whatever the number of threads.
public final class Training {
  /// Examples that a rule measures with before an epoch.
  private static final int SAMPLES = 500;

  private final LearningRule rule;
  private final Network network;
  private final Recipe recipe;
  private final Budget budget;
  private final Teacher teacher;
  private final Batches batches;
  private final Batches samples;
  private final Writer writer;
  private final Philox random;
  private long steps;
  private long queries;

  /// Grants the rule what it needs; nothing is read or written before the first step.
  ///
  /// @param seed of the order of examples, of masks and of the rule's own draws
  public Training(
      LearningRule rule,
      Network network,
      Recipe recipe,
      Task task,
      Budget budget,
      Teacher teacher,
      long seed) {
    this.rule = rule;
    this.network = network;
    this.recipe = recipe;
    this.budget = budget;
    this.teacher = teacher;
    if (!rule.pursues(task.goal())) {
      throw new LearningException(
          "rule %s does not learn to %s, which task %s asks for"
              .formatted(rule.name(), task.goal().words(), task.name()));
    }
    network.grant(rule);
    batches = new Batches(task, network, recipe, seed);
    samples =
        new Batches(task, network, recipe.withBatch(SAMPLES), Philox.key(seed, Streams.SAMPLES));
    writer = Writing.writer(network, recipe);
    random = new Philox(Philox.key(seed, Streams.RULE));
  }

  /// Draws a batch and learns from it.
  public void step() {
    long before = network.bank().usage().queries();
    if (endsEpoch()) {
      rule.beginEpoch(network, samples.draw(), random);
    }
    Minibatch batch = batches.draw();
    Minibatch taught = teacher.teach(batch, batches.rows());
    writer.write(rule.estimate(network, taught, random), recipe.schedule(done()));
    steps++;
    queries += network.bank().usage().queries() - before;
  }

  /// The share of the budget that is spent; may end somewhat above 1.
  public double done() {
    return switch (budget) {
      case Budget.Epochs(var count) -> steps / Math.max(1, Math.rint(count * batches.perEpoch()));
      case Budget.Queries(var count) -> (double) queries / count;
    };
  }

  /// Whether as many steps are done as whole epochs have.
  public boolean endsEpoch() {
    return steps % batches.perEpoch() == 0;
  }

  /// Epochs that are done.
  public double epochs() {
    return (double) steps / batches.perEpoch();
  }

  /// Steps that are done.
  public long steps() {
    return steps;
  }

  /// Examples that were learned from, repeats counted.
  public long examples() {
    return steps * batches.size();
  }

  /// Vectors sent through tiles by all steps so far.
  public long queries() {
    return queries;
  }
}
