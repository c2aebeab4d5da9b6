package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.Circuits.Circuit;

/// Both solvers against other programs, dense algebra, circuit laws and circuits that are solved by hand.
class SolverTest {
  private static final int SEEDS = 60;

  /// Makes a solver.
  interface Kind extends Function<NodeEquations, LinearSolver> {}

  static Stream<Named<Kind>> kinds() {
    return Stream.of(
        Named.of("sparse Cholesky", SparseCholesky::new),
        Named.of("line conjugate gradients", LineConjugateGradients::new));
  }

  private static double[] volts(Kind kind, Circuit circuit) {
    return circuit.solve(kind.apply(circuit.equations()));
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static void assertClose(
      double[] expected, double[] actual, double relative, String what) {
    assertArrayEquals(expected, actual, relative * largest(expected), what);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void currentsAreThoseOfOtherPrograms(Kind kind) {
    for (int size : new int[] {16, 32}) {
      ReferenceCurrents reference = ReferenceCurrents.load(size);
      Circuit circuit =
          Circuits.of(
              Wires.uniform(1), reference.siemens(), Terminals.read(reference.volts(), size));
      double[] amps = circuit.columnAmps(volts(kind, circuit));
      for (int j = 0; j < size; j++) {
        assertEquals(reference.amps()[j], amps[j], 1e-9 * reference.amps()[j], "column " + j);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void voltagesAreThoseOfDenseAlgebra(Kind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0);
      assertClose(Circuits.dense(circuit), volts(kind, circuit), 1e-11, "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void voltagesOfHighContrastAreThoseOfDenseAlgebra(Kind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-9, 1e-2, 0);
      assertClose(Circuits.dense(circuit), volts(kind, circuit), 1e-11, "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void voltagesOfFloatingLinesAreThoseOfDenseAlgebra(Kind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0.4);
      boolean defined =
          Arrays.stream(circuit.terminals().rowVolts()).anyMatch(v -> v == v)
              || Arrays.stream(circuit.terminals().columnVolts()).anyMatch(v -> v == v);
      if (defined) {
        // Rounding at nodes that only cells connect to a source, where segments conduct far more.
        assertClose(Circuits.dense(circuit), volts(kind, circuit), 1e-8, "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void currentsAtEachNodeAddUpToNothing(Kind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0);
      NodeEquations equations = circuit.equations();
      double[] volts = volts(kind, circuit);
      double segment = 1 / equations.wires().rowSegmentOhms();
      for (int i = 0; i < equations.rows(); i++) {
        double into =
            (circuit.terminals().rowVolts()[i] - volts[equations.word(i, 0)])
                / equations.wires().rowDriverOhms();
        for (int j = 0; j < equations.columns(); j++) {
          double here = volts[equations.word(i, j)];
          double cell =
              circuit.siemens()[equations.word(i, j)] * (here - volts[equations.bit(i, j)]);
          double on =
              j + 1 < equations.columns() ? segment * (here - volts[equations.word(i, j + 1)]) : 0;
          assertEquals(into, cell + on, 1e-12, "seed %d, row %d, column %d".formatted(seed, i, j));
          into = on;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void twoSourcesTogetherDoWhatEachDoesAlone(Kind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0);
      Philox random = new Philox(Philox.key(seed, 1));
      double[] rows = Circuits.volts(random, circuit.equations().rows());
      double[] columns = Circuits.volts(random, circuit.equations().columns());
      Circuit second =
          Circuits.of(circuit.equations().wires(), circuit.siemens(), new Terminals(rows, columns));
      Circuit both =
          Circuits.of(
              circuit.equations().wires(),
              circuit.siemens(),
              new Terminals(
                  sum(rows, circuit.terminals().rowVolts()),
                  sum(columns, circuit.terminals().columnVolts())));
      assertClose(
          sum(volts(kind, circuit), volts(kind, second)), volts(kind, both), 1e-11, "seed " + seed);
    }
  }

  /// With one row and one column driven and all other lines floating behind wires far better than any cell.
  @Test
  void conjugateGradientsLoseNoCurrentInGoodWires() {
    int size = 24;
    double[] rowVolts = new double[size];
    double[] columnVolts = new double[size];
    Arrays.fill(rowVolts, Double.NaN);
    Arrays.fill(columnVolts, Double.NaN);
    rowVolts[5] = 1;
    columnVolts[9] = 0;
    double[] siemens = Circuits.siemens(new Philox(Philox.key(3, 0)), size * size, 1e-6, 1e-4);
    for (double ohms : new double[] {0, 1e-9, 1e-3, 1}) {
      Circuit circuit =
          Circuits.of(Wires.uniform(ohms), siemens, new Terminals(rowVolts, columnVolts));
      double[] volts = volts(LineConjugateGradients::new, circuit);
      double in = 0;
      for (int j = 0; j < size; j++) {
        int word = circuit.equations().word(5, j);
        in += siemens[word] * (volts[word] - volts[circuit.equations().bit(5, j)]);
      }
      double out = circuit.columnAmps(volts)[9];
      assertEquals(in, out, 1e-12 * in, ohms + " ohm");
    }
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, k -> a[k] + b[k]);
    return sum;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void perfectWiresCarryEveryVoltageToEveryCell(Kind kind) {
    double[] siemens = {1e-4, 2e-4, 3e-4, 4e-4, 5e-4, 6e-4};
    Circuit circuit =
        Circuits.of(Wires.PERFECT, siemens, Terminals.read(new double[] {0.1, -0.2}, 3));
    double[] volts = volts(kind, circuit);
    assertArrayEquals(new double[] {0.1, 0.1, 0.1, -0.2, -0.2, -0.2}, Arrays.copyOf(volts, 6));
    assertArrayEquals(
        new double[] {0.1e-4 * 1 - 0.2e-4 * 4, 0.1e-4 * 2 - 0.2e-4 * 5, 0.1e-4 * 3 - 0.2e-4 * 6},
        circuit.columnAmps(volts),
        1e-18);
  }

  /// Each of the four resistances zero or not: near zero must come out almost the same.
  @ParameterizedTest
  @MethodSource("kinds")
  void perfectWiresAreTheLimitOfGoodOnes(Kind kind) {
    for (int mask = 0; mask < 16; mask++) {
      for (long seed = 0; seed < 10; seed++) {
        Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0.2);
        Circuit perfect = withWires(circuit, mask, 0);
        Circuit good = withWires(circuit, mask, 1e-5);
        assertClose(
            volts(SparseCholesky::new, good),
            volts(kind, perfect),
            1e-5,
            "mask %d, seed %d".formatted(mask, seed));
      }
    }
  }

  private static Circuit withWires(Circuit circuit, int mask, double ohms) {
    Wires wires = circuit.equations().wires();
    return Circuits.of(
        new Wires(
            (mask & 1) == 0 ? wires.rowSegmentOhms() : ohms,
            (mask & 2) == 0 ? wires.columnSegmentOhms() : ohms,
            (mask & 4) == 0 ? wires.rowDriverOhms() : ohms,
            (mask & 8) == 0 ? wires.columnTerminalOhms() : ohms,
            0),
        circuit.siemens(),
        circuit.terminals());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aFloatingRowDividesTheVoltageOfItsColumns(Kind kind) {
    // Row 1 floats between column 0 at 0.3 V and column 1 at ground: 1 kOhm over 2 kOhm.
    double[] siemens = {0, 0, 1e-3, 0.5e-3};
    Circuit circuit =
        Circuits.of(
            Wires.PERFECT,
            siemens,
            new Terminals(new double[] {0.1, Double.NaN}, new double[] {0.3, 0}));
    double[] volts = volts(kind, circuit);
    assertEquals(0.2, volts[2], 1e-15);
    assertEquals(0.2, volts[3], 1e-15);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLineThatNothingConnectsLiesAtGround(Kind kind) {
    for (double ohms : new double[] {0, 1}) {
      double[] siemens = {1e-4, 1e-4, 0, 0};
      Circuit circuit =
          Circuits.of(
              Wires.uniform(ohms),
              siemens,
              new Terminals(new double[] {0.2, Double.NaN}, new double[2]));
      double[] volts = volts(kind, circuit);
      assertEquals(0, volts[2], 0);
      assertEquals(0, volts[3], 0);
      assertEquals(0.2e-4, circuit.columnAmps(volts)[0], 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void linesThatOnlyEachOtherConnectsLieAtGround(Kind kind) {
    double[] siemens = {1e-4, 0, 0, 1e-4};
    double nan = Double.NaN;
    Circuit circuit =
        Circuits.of(
            Wires.uniform(1),
            siemens,
            new Terminals(new double[] {0.2, nan}, new double[] {0, nan}));
    double[] volts = volts(kind, circuit);
    assertArrayEquals(new double[] {0, 0}, new double[] {volts[2], volts[3]});
    assertArrayEquals(new double[] {0, 0}, new double[] {volts[5], volts[7]});
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void cellsThatCannotBeAreRefused(Kind kind) {
    LinearSolver solver = kind.apply(NodeEquations.read(2, 3, Wires.uniform(1)));
    Exception few =
        assertThrows(IllegalArgumentException.class, () -> solver.conductances(new double[5]));
    assertEquals("2 x 3 cells need as many conductances, not 5", few.getMessage());
    Exception negative =
        assertThrows(
            IllegalArgumentException.class,
            () -> solver.conductances(new double[] {0, 0, 0, 0, 0, -1}));
    assertTrue(negative.getMessage().endsWith("not -1.0 at row 1, column 2"));
  }
}
