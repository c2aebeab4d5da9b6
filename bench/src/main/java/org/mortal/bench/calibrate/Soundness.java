package org.mortal.bench.calibrate;

import java.util.List;
import org.mortal.bench.run.RunException;
import org.mortal.bench.selftest.Check;
import org.mortal.bench.selftest.Selftest;
import org.mortal.chip.Chip;

/// That an array's converters convert: an output that does not cannot be calibrated, and spoils what is fitted to all.
///
/// @param checks of the self-test that ask for no cell, all passed
record Soundness(List<Check> checks) {

  /// @throws RunException if one fails
  static Soundness of(Chip chip, int array) {
    List<Check> checks = new Selftest(chip, 1).converters(array);
    for (Check check : checks) {
      if (!check.passed()) {
        throw new RunException(
            "array %d of %s fails its self-test, %s: %s; look closer with 'selftest', or leave this array out"
                .formatted(array, chip.id(), check.name(), check.detail()),
            null);
      }
    }
    return new Soundness(checks);
  }
}
