package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.mortal.learning.Dropout;
import org.mortal.learning.Trainer.Budget;
import org.mortal.learning.task.Task;

/// What a task is trained with unless the call says otherwise.
///
/// @param hidden sizes of the hidden layers
/// @param budget how long
/// @param changes in the recipe of every rule
record UsualSettings(List<Integer> hidden, Budget budget, RecipeChanges changes) {
  /// For tasks whose few patterns are all there is: nothing to generalise to, so nothing is dropped or smoothed.
  private static final RecipeChanges WHOLE =
      new RecipeChanges(null, null, null, null, Dropout.NONE, 0.0, null, null, null, null);

  private static final RecipeChanges FEW =
      new RecipeChanges(null, null, null, null, Dropout.NONE, 0.0, null, null, null, null);

  /// @param task its name
  static UsualSettings of(String task) {
    return switch (task) {
      case "xor" -> new UsualSettings(List.of(16), new Budget.Epochs(1000), WHOLE);
      case "parity-3" -> parity(3);
      case "parity-4" -> parity(4);
      case "parity-5" -> parity(5);
      case "parity-6" -> parity(6);
      case "encoder" -> new UsualSettings(List.of(3), new Budget.Epochs(2000), WHOLE);
      case "family-trees" ->
          new UsualSettings(List.of(12, 12, 6), new Budget.Epochs(1500), FEW);
      case "characters" ->
          new UsualSettings(List.of(256), new Budget.Epochs(20), RecipeChanges.NONE);
      case "digits" ->
          new UsualSettings(List.of(256, 256), new Budget.Epochs(30), RecipeChanges.NONE);
      default -> new UsualSettings(List.of(512, 512), new Budget.Epochs(8), RecipeChanges.NONE);
    };
  }

  private static UsualSettings parity(int bits) {
    return new UsualSettings(List.of(4 * bits), new Budget.Epochs(2000), WHOLE);
  }

  /// Layer sizes from inputs to classes.
  List<Integer> sizes(Task task) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.addFirst(task.features());
    sizes.addLast(task.classes());
    return List.copyOf(sizes);
  }
}
