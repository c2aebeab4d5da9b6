package org.mortal.sim.circuit.network;

import java.util.Arrays;

/// All word lines or all bit lines of an array, each a chain of segments with a shunt at every node: what the voltages
/// along them are when the far ends of the shunts are held.
///
/// Everything is laid out node by node, and for each node line by line, so that the loops run along unit strides.
/// Elimination goes from the open end to the terminal and adds positive terms only, so it keeps all digits for any
/// ratio of conductances; a segment without resistance is no special case.
final class Ladders {
  private final int lines;

  /// From the open end to the terminal: where each node begins.
  private final int[] offsets;

  /// At `offset + line`: the share of the current gathered here that flows on towards the terminal, which is also the
  /// share of the next node's voltage that arrives here.
  private final double[] passed;

  /// At `offset + line`: volts here for the current gathered here, with the next node at 0 V.
  private final double[] ohms;

  private final double segmentOhms;

  /// @param nodes of each line
  /// @param terminalFirst whether the terminal is at node 0, else at the last
  /// @param segmentOhms between neighbouring nodes of a line, 0 or more
  Ladders(int lines, int nodes, boolean terminalFirst, double segmentOhms) {
    this.lines = lines;
    this.segmentOhms = segmentOhms;
    this.offsets = new int[nodes];
    Arrays.setAll(offsets, k -> (terminalFirst ? nodes - 1 - k : k) * lines);
    this.passed = new double[lines * nodes];
    this.ohms = new double[lines * nodes];
  }

  /// Takes new shunts.
  ///
  /// @param siemens of the shunts
  /// @param terminalSiemens of each line; infinite where its terminal node is held
  void factor(double[] siemens, double[] terminalSiemens) {
    double[] sum = new double[lines];
    int last = offsets.length - 1;
    for (int k = 0; k < last; k++) {
      int offset = offsets[k];
      for (int l = 0; l < lines; l++) {
        double here = siemens[offset + l] + sum[l];
        double share = 1 / (1 + segmentOhms * here);
        passed[offset + l] = share;
        ohms[offset + l] = segmentOhms * share;
        sum[l] = here * share;
      }
    }
    for (int l = 0; l < lines; l++) {
      double all = siemens[offsets[last] + l] + sum[l] + terminalSiemens[l];
      ohms[offsets[last] + l] = 1 / all;
    }
  }

  /// Finds the voltages for `amps` injected at each node.
  ///
  /// @param heldVolts of each line: at its terminal node if that is held, else 0
  /// @param volts out; must not be `amps`
  void solve(double[] amps, double[] heldVolts, double[] volts) {
    int last = offsets.length - 1;
    System.arraycopy(amps, offsets[0], volts, offsets[0], lines);
    for (int k = 1; k <= last; k++) {
      gather(amps, volts, offsets[k - 1], offsets[k]);
    }
    int terminal = offsets[last];
    for (int l = 0; l < lines; l++) {
      volts[terminal + l] = heldVolts[l] + ohms[terminal + l] * volts[terminal + l];
    }
    for (int k = last - 1; k >= 0; k--) {
      spread(volts, offsets[k + 1], offsets[k]);
    }
  }

  private void gather(double[] amps, double[] gathered, int from, int to) {
    for (int l = 0; l < lines; l++) {
      gathered[to + l] = amps[to + l] + passed[from + l] * gathered[from + l];
    }
  }

  private void spread(double[] volts, int from, int to) {
    for (int l = 0; l < lines; l++) {
      volts[to + l] = passed[to + l] * volts[from + l] + ohms[to + l] * volts[to + l];
    }
  }
}
