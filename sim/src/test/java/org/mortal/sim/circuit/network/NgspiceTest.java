package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;
import org.mortal.sim.device.Selector;

/// Non-linear cells with wires, against ngspice.
class NgspiceTest {
  private static final double ACCURACY = 1e-6;

  @TempDir private Path folder;

  private enum Bias {
    READ,
    SNEAK,
    HALF,
    FLOATING
  }

  private record Circuit(Conduction law, int rows, int columns, Wires wires, Bias bias) {}

  static Stream<Circuit> circuits() {
    Stream<Circuit> mild =
        Stream.of(
                new Conduction.Ohmic(),
                new Conduction.Sinh(0.25),
                Cubic.milo(),
                Selector.of(1, 1e-4, 30))
            .flatMap(law -> circuits(law, Bias.values()));
    // Ngspice does not settle on floating lines of steep selectors.
    Stream<Circuit> steep = circuits(Selector.of(1, 1e-4, 1e4), Bias.READ, Bias.HALF);
    return Stream.concat(mild, steep);
  }

  private static Stream<Circuit> circuits(Conduction law, Bias... biases) {
    return Stream.of(biases)
        .flatMap(bias ->
            Stream.of(
                new Circuit(law, 5, 3, Wires.PERFECT, bias),
                new Circuit(law, 4, 6, new Wires(0, 3, 10, 0, 0), bias),
                new Circuit(law, 9, 6, new Wires(2, 0.7, 30, 12, 0), bias),
                new Circuit(law, 16, 16, Wires.uniform(1), bias)));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void agrees(Circuit circuit) throws Exception {
    assumeTrue(
        Ngspice.installed(), "ngspice is not on the PATH: install the Debian package ngspice");
    double[] siemens = siemens(circuit);
    Terminals terminals = terminals(circuit);
    Solution ours =
        new ArrayCircuit(circuit.rows, circuit.columns, circuit.wires, circuit.law)
            .solve(siemens, terminals);
    Solution theirs = Ngspice.solve(siemens, circuit.wires, circuit.law, terminals, folder);
    assertClose(theirs.columnAmps(), ours.columnAmps(), "column");
    assertClose(theirs.rowAmps(), ours.rowAmps(), "row");
    for (int cell = 0; cell < siemens.length; cell++) {
      assertEquals(theirs.cellVolts()[cell], ours.cellVolts()[cell], 1e-8, "volts of cell " + cell);
    }
  }

  private static void assertClose(double[] theirs, double[] ours, String line) {
    for (int i = 0; i < theirs.length; i++) {
      assertEquals(theirs[i], ours[i], ACCURACY * Math.abs(theirs[i]), line + " " + i);
    }
  }

  /// Within the fit of the cubic law.
  private static double[] siemens(Circuit circuit) {
    Philox random = new Philox(Philox.key(11, circuit.rows, circuit.columns));
    double[] siemens = new double[circuit.rows * circuit.columns];
    Arrays.setAll(siemens, cell -> 50e-6 * Math.pow(4.5, random.nextDouble()));
    return siemens;
  }

  private static Terminals terminals(Circuit circuit) {
    double volts = circuit.law instanceof Cubic ? 0.5 : 1.5;
    double[] rowVolts = new double[circuit.rows];
    double[] columnVolts = new double[circuit.columns];
    switch (circuit.bias) {
      case READ -> {
        Philox random = new Philox(Philox.key(12, circuit.rows));
        Arrays.setAll(rowVolts, row -> volts * (0.5 + 0.5 * random.nextDouble()));
      }
      case SNEAK -> {
        Arrays.setAll(rowVolts, row -> row % 3 == 0 ? volts : Double.NaN);
        Arrays.setAll(columnVolts, column -> column % 2 == 0 ? 0 : Double.NaN);
      }
      case HALF -> {
        Arrays.fill(rowVolts, volts / 2);
        Arrays.fill(columnVolts, volts / 2);
        rowVolts[1] = volts;
        columnVolts[2] = 0;
      }
      case FLOATING -> {
        Arrays.fill(rowVolts, Double.NaN);
        Arrays.fill(columnVolts, Double.NaN);
        rowVolts[1] = volts;
        columnVolts[2] = 0;
      }
    }
    return new Terminals(rowVolts, columnVolts);
  }
}
