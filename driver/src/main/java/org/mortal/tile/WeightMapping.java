package org.mortal.tile;

/// How a signed weight lies on cells, which hold only positive conductances.
public sealed interface WeightMapping {

  /// The largest weight, either sign.
  double weightLimit();

  /// A weight is the difference of two cells of one row. Only one of the two is raised above the lowest conductance: the
  /// positive for a weight above zero, the negative below. So a weight near zero has little gain error, little noise and
  /// draws little current.
  ///
  /// @param weightLimit the weight of a full conductance window
  record DifferentialPair(double weightLimit) implements WeightMapping {
    public DifferentialPair {
      if (!(weightLimit > 0)) {
        throw new IllegalArgumentException(
            "the largest weight must be positive, not " + weightLimit);
      }
    }
  }
}
