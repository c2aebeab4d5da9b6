package org.mortal.bench.compare;

import java.util.List;
import java.util.stream.Collectors;
import org.mortal.bench.train.RecipeChanges;
import org.mortal.learning.Dropout;
import org.mortal.learning.Recipe;

/// One set of settings that was tried for a rule on a chip, and its error on the validation examples.
///
/// @param number from 0, which is the rule's own recipe
/// @param chip its address, or several for their mean
/// @param validationError when training had ended
/// @param seconds that training took
public record Trial(
    String rule,
    int number,
    String chip,
    double rate,
    double headRate,
    double dropoutInput,
    double dropoutHidden,
    double smoothing,
    boolean centred,
    double validationError,
    double seconds) {

  static Trial of(int number, Recipe recipe, ChipRun run) {
    return new Trial(
        run.rule(),
        number,
        run.chip(),
        recipe.rate(),
        recipe.headRate(),
        recipe.dropout().input(),
        recipe.dropout().hidden(),
        recipe.smoothing(),
        recipe.writing().isCentred(),
        run.figures().validationError(),
        run.figures().seconds());
  }

  boolean is(String ofRule, int ofNumber, String onChip) {
    return rule.equals(ofRule) && number == ofNumber && chip.equals(onChip);
  }

  /// The same settings on several chips as one.
  static Trial mean(List<Trial> chips) {
    Trial first = chips.getFirst();
    return new Trial(
        first.rule,
        first.number,
        chips.stream().map(Trial::chip).collect(Collectors.joining(" ")),
        first.rate,
        first.headRate,
        first.dropoutInput,
        first.dropoutHidden,
        first.smoothing,
        first.centred,
        chips.stream().mapToDouble(Trial::validationError).average().orElseThrow(),
        chips.stream().mapToDouble(Trial::seconds).sum());
  }

  /// What makes the trial's recipe of the rule's own.
  RecipeChanges changes() {
    return new RecipeChanges(
        rate,
        null,
        headRate,
        null,
        new Dropout(dropoutInput, dropoutHidden),
        smoothing,
        null,
        centred,
        null,
        null);
  }
}
