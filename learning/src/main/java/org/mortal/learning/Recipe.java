package org.mortal.learning;

/// How a rule is trained: everything that is tuned, in one place.
///
/// @param batch examples a step
/// @param rate of the writer at the start; it stays for a while and then falls to 0.2 % of itself
/// @param flat share of the steps for which the rate stays
/// @param headRate of heads, as a multiple of `rate`
/// @param writing how estimates become writes
/// @param dropout in training
/// @param coupling between layers
/// @param smoothing of targets: each class gets this share divided by their number
/// @param initialScale of the first weights, see [Network#initialise]
/// @param augmentation how training pictures are bent, anew each time one is drawn
/// @param testReads pictures that an answer is the mean of: 1, or 5 for the picture and its moves by one pixel
public record Recipe(
    int batch,
    double rate,
    double flat,
    double headRate,
    Writing writing,
    Dropout dropout,
    Coupling coupling,
    double smoothing,
    double initialScale,
    Augmentation augmentation,
    int testReads) {

  /// What worked for local rules on chips with arrays of 256 rows, each behind its own converter.
  public static final Recipe STANDARD =
      new Recipe(
          200,
          2e-3,
          0.3,
          1,
          Writing.STANDARD,
          new Dropout(0.2, 0.5),
          new Coupling.Scaled(2),
          0.1,
          1.2,
          Augmentation.NONE,
          1);

  /// [#STANDARD] with centred steps and less dropout, for rules that go by measured slopes.
  public static final Recipe CENTRED =
      STANDARD
          .withFlat(0.5)
          .withWriting(new Writing.Accumulated(Optimiser.Kind.ADAM, 4).withCentred(true))
          .withDropout(new Dropout(0.1, 0.2));

  public Recipe {
    if (batch < 1
        || !(rate > 0)
        || !(flat >= 0 && flat < 1)
        || !(headRate >= 0)
        || !(smoothing >= 0 && smoothing < 1)
        || !(initialScale >= 0)) {
      throw new LearningException(
          "a recipe needs a batch of at least 1, a positive rate, a flat share and a smoothing below 1");
    }
    if (testReads != 1 && testReads != 5) {
      throw new LearningException("%d test reads: they are 1 or 5".formatted(testReads));
    }
  }

  public Recipe withBatch(int other) {
    return new Recipe(
        other,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withRate(double other) {
    return new Recipe(
        batch,
        other,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withFlat(double other) {
    return new Recipe(
        batch,
        rate,
        other,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withHeadRate(double other) {
    return new Recipe(
        batch,
        rate,
        flat,
        other,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withWriting(Writing other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        other,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withDropout(Dropout other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        other,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withCoupling(Coupling other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        other,
        smoothing,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withSmoothing(double other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        other,
        initialScale,
        augmentation,
        testReads);
  }

  public Recipe withInitialScale(double other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        other,
        augmentation,
        testReads);
  }

  public Recipe withAugmentation(Augmentation other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        other,
        testReads);
  }

  public Recipe withTestReads(int other) {
    return new Recipe(
        batch,
        rate,
        flat,
        headRate,
        writing,
        dropout,
        coupling,
        smoothing,
        initialScale,
        augmentation,
        other);
  }

  /// The rate when a share `done` of the training is over, as a share of the first.
  double schedule(double done) {
    return done < flat ? 1 : Math.max(0.002, 1 - (done - flat) / (1 - flat));
  }
}
