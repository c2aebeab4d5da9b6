package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mortal.learning.Coupling;
import org.mortal.learning.Dropout;
import org.mortal.learning.Partition;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.Writing;
import org.mortal.learning.task.Task;

/// What a task is trained with unless the call says otherwise.
///
/// @param hidden sizes of the hidden layers
/// @param budget how long
/// @param recipe what becomes of the recipe of any rule
record UsualSettings(List<Integer> hidden, Budget budget, UnaryOperator<Recipe> recipe) {
  /// So few units have far to go, and few examples mean few steps.
  private static final double HASTE = 3;

  /// Weights end within the inverse of this: with a step of one size for all, as Adam's is, a decay is a bound.
  private static final double DECAY = 1.5;

  /// Heads have no bound of their own, and must make up for activities that are small on chips.
  private static final double HEADS = 20;

  private UsualSettings(List<Integer> hidden, double epochs, UnaryOperator<Recipe> recipe) {
    this(hidden, new Budget.Epochs(epochs), recipe);
  }

  /// @param task its name
  static UsualSettings of(String task) {
    return switch (task) {
      case "xor" -> new UsualSettings(List.of(16), 1000, UsualSettings::whole);
      case "parity-3" -> parity(3);
      case "parity-4" -> parity(4);
      case "parity-5" -> parity(5);
      case "parity-6" -> parity(6);
      case "bars-and-stripes" -> new UsualSettings(List.of(64), 130, UsualSettings::even);
      case "cartpole" -> new UsualSettings(List.of(64), 10, recipe -> recipe);
      case "encoder" -> new UsualSettings(List.of(3), 300, UsualSettings::hasty);
      case "family-trees" -> new UsualSettings(List.of(12, 12, 6), 2000, UsualSettings::shrinking);
      case "associative-recall" -> new UsualSettings(List.of(64), 12, recipe -> recipe);
      case "characters" -> new UsualSettings(List.of(256), 20, recipe -> recipe);
      case "digits" -> new UsualSettings(List.of(256, 256), 30, recipe -> recipe);
      default -> new UsualSettings(List.of(512, 512), 8, recipe -> recipe);
    };
  }

  private static UsualSettings parity(int bits) {
    return new UsualSettings(List.of(4 * bits), 2000, UsualSettings::hasty);
  }

  /// For a few patterns that are all there is: nothing to generalise to, so nothing is dropped or smoothed.
  private static Recipe whole(Recipe recipe) {
    return recipe.withDropout(Dropout.NONE).withSmoothing(0);
  }

  private static Recipe hasty(Recipe recipe) {
    return whole(recipe).withRate(HASTE * recipe.rate()).withHeadRate(HASTE * recipe.headRate());
  }

  /// Each pattern ten times in a batch, as far as chance has it; so few inputs stand larger steps.
  private static Recipe even(Recipe recipe) {
    return recipe.withBatch(300).withRate(5 * recipe.rate());
  }

  /// For few examples of much in common: small weights say what is general.
  private static Recipe shrinking(Recipe recipe) {
    Recipe whole =
        whole(recipe)
            .withRate(1.5 * recipe.rate())
            .withHeadRate(HEADS)
            .withBatch(100)
            .withCoupling(new Coupling.Scaled(1));
    return whole.writing() instanceof Writing.Accumulated accumulated
        ? whole.withWriting(accumulated.withDecay(DECAY))
        : whole;
  }

  /// The first layer of `family-trees` sees people by one half of its units and relations by the other.
  ///
  /// @param sizes of the layers
  /// @return the parts of the first layer, or null for a task whose first layer is whole
  static Partition partition(Task task, List<Integer> sizes) {
    return task.name().equals("family-trees")
        ? new Partition(task.classes(), Math.ceilDiv(sizes.get(1), 2))
        : null;
  }

  /// Layer sizes from inputs to classes.
  List<Integer> sizes(Task task) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.addFirst(task.inputs());
    sizes.addLast(task.classes());
    return List.copyOf(sizes);
  }
}
