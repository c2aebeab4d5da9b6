package org.mortal.sim.circuit.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A crossbar of the test resources whose column currents other programs found, with 1 ohm in every place.
///
/// @param siemens row by row
/// @param amps out of each column
record ReferenceCurrents(int size, double[] siemens, double[] volts, double[] amps) {

  static ReferenceCurrents load(int size) {
    double[] currents = numbers("I_n" + size, 1);
    double[] amps = new double[size];
    // Of each line the second number: the direct analysis.
    Arrays.setAll(amps, j -> currents[j * 5 + 1]);
    return new ReferenceCurrents(size, numbers("G_n" + size, 0), numbers("V_n" + size, 0), amps);
  }

  private static double[] numbers(String name, int skippedLines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ReferenceCurrents.class.getResourceAsStream("/irdrop/" + name + ".csv"),
                StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().skip(skippedLines).toList();
      return lines.stream()
          .flatMap(line -> Arrays.stream(line.split(",")))
          .mapToDouble(Double::parseDouble)
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
