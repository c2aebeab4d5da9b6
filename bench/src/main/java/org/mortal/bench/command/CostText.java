package org.mortal.bench.command;

import java.util.List;
import org.mortal.bench.measure.AnalogCost;
import org.mortal.bench.measure.DigitalReference;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;

/// What one vector costs on chips and in digital, for people.
final class CostText {
  private CostText() {}

  static String of(List<AnalogCost> costs) {
    TextTable analog =
        new TextTable(
            "one vector",
            "size",
            "cells",
            "DAC",
            "ADC",
            "all",
            "time",
            "8-bit SRAM",
            "ratio",
            "B/cell");
    for (AnalogCost cost : costs) {
      analog.add(
          cost.chip(),
          String.valueOf(cost.size()),
          Units.format(cost.cellJoules(), "J"),
          Units.format(cost.dacJoules(), "J"),
          Units.format(cost.adcJoules(), "J"),
          Units.format(cost.analogJoules(), "J"),
          Units.format(cost.analogSeconds(), "s"),
          Units.format(cost.digitalJoules(), "J"),
          "%.3g".formatted(cost.ratio()),
          "%.1f".formatted(cost.bytesPerCell()));
    }
    StringBuilder text = new StringBuilder();
    text.append(analog)
        .append("ratio: digital to analog, below 1 where analog loses; control and buffers are in ")
        .append("neither; B/cell: memory of the simulated chip\n");
    for (DigitalReference reference : DigitalReference.all()) {
      text.append(
          "  %s: %s a multiplication and addition (%s)%n"
              .formatted(
                  reference.name(),
                  Units.format(reference.joulesPerMac(), "J"),
                  reference.source()));
    }
    return text.toString();
  }
}
