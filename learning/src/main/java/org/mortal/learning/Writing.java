package org.mortal.learning;

import java.util.List;

/// How estimates become writes: which [Writer] a recipe is for, with its settings.
public sealed interface Writing {

  /// Adam every step, its steps added up digitally and written as whole pulses every fourth.
  Writing STANDARD = new Accumulated(Optimiser.Kind.ADAM, 4);

  /// An optimiser's steps are added up digitally and written as whole pulses: [AccumulatingWriter].
  ///
  /// @param optimiser what makes steps of estimates
  /// @param every steps between two writes
  /// @param centred whether what inputs have in common is kept out of the steps: [Centring]
  /// @param shared whether the rate is that of all weights of a layer together, so that the length of a step does not depend
  ///     on how many there are: each gets it divided by the root of their number
  /// @param decay of weights: a step takes this share of each, times the rate, from what is meant to be there, beside what the
  ///     optimiser does (Loshchilov and Hutter, ICLR 2019); of heads the same, at the rate of the tiles
  record Accumulated(
      Optimiser.Kind optimiser, int every, boolean centred, boolean shared, double decay)
      implements Writing {
    /// Not centred, with a rate for each weight.
    public Accumulated(Optimiser.Kind optimiser, int every) {
      this(optimiser, every, false, false, 0);
    }

    public Accumulated withCentred(boolean other) {
      return new Accumulated(optimiser, every, other, shared, decay);
    }

    public Accumulated withShared(boolean other) {
      return new Accumulated(optimiser, every, centred, other, decay);
    }

    public Accumulated withDecay(double other) {
      return new Accumulated(optimiser, every, centred, shared, other);
    }

    public Accumulated {
      if (every < 1) {
        throw new LearningException(
            "writing every %d steps: at least every step can be written".formatted(every));
      }
      if (!(decay >= 0)) {
        throw new LearningException("a decay of %g: it is at least 0".formatted(decay));
      }
    }
  }

  /// One pulse a cell against the sign of what estimates add up to: [SignPulseWriter].
  ///
  /// @param every estimates added up for a pulse at the full rate; more as the rate falls
  record SignPulses(int every) implements Writing {
    public SignPulses {
      if (every < 1) {
        throw new LearningException(
            "a pulse every %d estimates: at least every estimate can have one".formatted(every));
      }
    }
  }

  /// Estimates go to a fast tile beside each layer, whose rows are read in turn and moved on to the layer: [TikiTakaWriter].
  ///
  /// @param fast pulses to the fast tile for an estimate of usual size
  /// @param transfer pulses to the layer for each that is read from the fast tile
  /// @param rows of the fast tile that are read at each step
  record TikiTaka(double fast, double transfer, int rows) implements Writing {
    public TikiTaka {
      if (!(fast > 0 && transfer > 0) || rows < 1) {
        throw new LearningException(
            "tiki-taka needs positive rates and at least one row a step, not %g, %g and %d"
                .formatted(fast, transfer, rows));
      }
    }

    @Override
    public boolean wantsSpares() {
      return true;
    }
  }

  /// The names that [#named] knows.
  List<String> NAMES = List.of("accumulated", "sign-pulses", "tiki-taka");

  /// A way of writing by its name, with settings that suit most rules.
  ///
  /// @throws LearningException if there is none
  static Writing named(String name) {
    return switch (name) {
      case "accumulated" -> STANDARD;
      case "sign-pulses" -> new SignPulses(1);
      case "tiki-taka" -> new TikiTaka(3, 0.005, 100);
      default ->
          throw new LearningException(
              "unknown writing '%s'; known are %s".formatted(name, String.join(", ", NAMES)));
    };
  }

  /// Whether the network's bank must have a [spare tile][org.mortal.tile.TileBank#spares] for every layer.
  default boolean wantsSpares() {
    return false;
  }

  /// Whether what inputs have in common is kept out of the steps of weights.
  default boolean isCentred() {
    return this instanceof Accumulated accumulated && accumulated.centred();
  }

  /// The writer that does it.
  static Writer writer(Network network, Recipe recipe) {
    return switch (recipe.writing()) {
      case Accumulated accumulated -> new AccumulatingWriter(network, recipe, accumulated);
      case SignPulses pulses -> new SignPulseWriter(network, recipe, pulses);
      case TikiTaka tikiTaka -> new TikiTakaWriter(network, recipe, tikiTaka);
    };
  }
}
