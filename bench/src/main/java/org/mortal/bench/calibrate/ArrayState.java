package org.mortal.bench.calibrate;

import java.util.Arrays;
import org.mortal.chip.Limits;
import org.mortal.chip.calibrated.InputBend;

/// What is known of an array so far.
///
/// @param readVolts the highest read voltage
/// @param outputs what the output stage found
/// @param rows drives, one for each row
/// @param idle share of the highest voltage on rows that are not to be driven
/// @param settlingLeft share of what an output carried before that is left in a read
record ArrayState(
    double readVolts, Outputs outputs, InputBend[] rows, float idle, double settlingLeft) {

  /// Before drives and lines are known.
  static ArrayState of(Limits limits, int rows, Outputs outputs) {
    InputBend[] straight = new InputBend[rows];
    Arrays.fill(straight, InputBend.NONE);
    return new ArrayState(limits.maxReadVolts(), outputs, straight, 0, 0);
  }

  ArrayState with(Lines lines) {
    return new ArrayState(readVolts, outputs, rows, lines.idle(), lines.settlingLeft());
  }

  ArrayState with(InputBend[] bends) {
    return new ArrayState(readVolts, outputs, bends, idle, settlingLeft);
  }

  /// Volts, as they act, between a row that a code drives and one that it does not.
  double[] acting(Code code) {
    double[] acting = new double[rows.length];
    for (int r = 0; r < acting.length; r++) {
      acting[r] = readVolts * (rows[r].acts(code.high()) - rows[r].acts(code.low()));
    }
    return acting;
  }
}
