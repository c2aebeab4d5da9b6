package org.mortal.learning;

/// How a rule is trained: everything that is tuned, in one place.
///
/// @param batch examples a step
/// @param rate of the writer at the start; it stays for 30 % of the steps and then falls to 0.2 % of itself
/// @param optimiser what makes steps of estimates
/// @param writeEvery steps between two writes; what is in between is added up digitally
/// @param dropout in training
/// @param coupling between layers
/// @param smoothing of targets: each class gets this share divided by their number
/// @param initialScale of the first weights, see [Network#initialise]
public record Recipe(
    int batch,
    double rate,
    Optimiser.Kind optimiser,
    int writeEvery,
    Dropout dropout,
    Coupling coupling,
    double smoothing,
    double initialScale) {

  /// What worked for local rules on chips with arrays of 256 rows, each behind its own converter.
  public static final Recipe STANDARD =
      new Recipe(
          200,
          2e-3,
          Optimiser.Kind.ADAM,
          4,
          new Dropout(0.2, 0.5),
          new Coupling.Scaled(2),
          0.1,
          1.2);

  public Recipe {
    if (batch < 1
        || !(rate > 0)
        || writeEvery < 1
        || !(smoothing >= 0 && smoothing < 1)
        || !(initialScale >= 0)) {
      throw new LearningException(
          "a recipe needs batch and writeEvery of at least 1, a positive rate and a smoothing below 1");
    }
  }

  public Recipe withBatch(int other) {
    return new Recipe(
        other, rate, optimiser, writeEvery, dropout, coupling, smoothing, initialScale);
  }

  public Recipe withRate(double other) {
    return new Recipe(
        batch, other, optimiser, writeEvery, dropout, coupling, smoothing, initialScale);
  }

  public Recipe withOptimiser(Optimiser.Kind other) {
    return new Recipe(batch, rate, other, writeEvery, dropout, coupling, smoothing, initialScale);
  }

  public Recipe withWriteEvery(int other) {
    return new Recipe(batch, rate, optimiser, other, dropout, coupling, smoothing, initialScale);
  }

  public Recipe withDropout(Dropout other) {
    return new Recipe(batch, rate, optimiser, writeEvery, other, coupling, smoothing, initialScale);
  }

  public Recipe withCoupling(Coupling other) {
    return new Recipe(batch, rate, optimiser, writeEvery, dropout, other, smoothing, initialScale);
  }

  public Recipe withSmoothing(double other) {
    return new Recipe(batch, rate, optimiser, writeEvery, dropout, coupling, other, initialScale);
  }

  /// The rate when a share `done` of the training is over, as a share of the first.
  static double schedule(double done) {
    return done < 0.3 ? 1 : Math.max(0.002, 1 - (done - 0.3) / 0.7);
  }
}
