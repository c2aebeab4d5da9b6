package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mortal.learning.Dropout;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.task.Task;

/// What a task is trained with unless the call says otherwise.
///
/// @param hidden sizes of the hidden layers
/// @param budget how long
/// @param recipe what becomes of the recipe of any rule
record UsualSettings(List<Integer> hidden, Budget budget, UnaryOperator<Recipe> recipe) {
  /// So few units have far to go, and few examples mean few steps.
  private static final double HASTE = 3;

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
      case "encoder" -> new UsualSettings(List.of(3), 300, UsualSettings::hasty);
      case "family-trees" -> new UsualSettings(List.of(12, 12, 6), 150, UsualSettings::hasty);
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

  /// Layer sizes from inputs to classes.
  List<Integer> sizes(Task task) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.addFirst(task.features());
    sizes.addLast(task.classes());
    return List.copyOf(sizes);
  }
}
