package org.mortal.bench.transfer;

/// One heir and what became of it.
///
/// @param chip its address
/// @param way it inherited by, or [#COPIED]
/// @param examples of the transfer set
/// @param bitsPerExample that home sent for each
/// @param bits that home sent in all, copied weights included
/// @param queries vectors sent through the heir's tiles, copying included
/// @param energyJoules that the heir spent
public record Row(
    String chip,
    String way,
    int examples,
    double testError,
    double validationError,
    long bitsPerExample,
    long bits,
    long queries,
    long cellWrites,
    double energyJoules,
    double seconds) {
  /// Weights copied and nothing more.
  public static final String COPIED = "copied";
}
