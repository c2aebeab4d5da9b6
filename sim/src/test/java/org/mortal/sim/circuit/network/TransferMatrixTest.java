package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;
import org.mortal.kernel.Workers;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.circuit.network.Circuits.Circuit;

/// The transfer matrix against other programs, the solvers and itself.
class TransferMatrixTest {
  private static final Workers ALONE = new Workers(1);

  private static TransferMatrix of(Circuit circuit) {
    NodeEquations equations = circuit.equations();
    return TransferMatrix.of(
        circuit.siemens(), equations.rows(), equations.columns(), equations.wires(), ALONE);
  }

  private static double[][] entries(TransferMatrix map) {
    double[][] entries = new double[map.rows()][map.columns()];
    for (int i = 0; i < map.rows(); i++) {
      for (int j = 0; j < map.columns(); j++) {
        entries[i][j] = map.siemens(i, j);
      }
    }
    return entries;
  }

  /// What a solver finds for one volt at each row in turn.
  private static double[][] solved(LinearSolver solver, double[] siemens) {
    NodeEquations equations = solver.equations();
    solver.conductances(siemens);
    double[][] entries = new double[equations.rows()][];
    for (int i = 0; i < equations.rows(); i++) {
      double[] rowVolts = new double[equations.rows()];
      rowVolts[i] = 1;
      double[] amps = new double[equations.nodes()];
      double[] volts = new double[equations.nodes()];
      equations.inject(Terminals.read(rowVolts, equations.columns()), amps, volts);
      solver.solve(amps, volts);
      entries[i] = equations.columnAmps(siemens, volts);
    }
    return entries;
  }

  /// Each entry to a part of itself and a smaller part of the largest.
  private static void assertClose(
      double[][] expected, double[][] actual, double relative, double ofLargest, String what) {
    double largest =
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        double bound = relative * Math.abs(expected[i][j]) + ofLargest * largest;
        assertEquals(expected[i][j], actual[i][j], bound, what + ", row " + i + ", column " + j);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void currentsAreThoseOfOtherPrograms(int size) {
    ReferenceCurrents reference = ReferenceCurrents.load(size);
    TransferMatrix map =
        TransferMatrix.of(reference.siemens(), size, size, Wires.uniform(1), ALONE);
    double[] amps = map.amps(reference.volts());
    for (int j = 0; j < size; j++) {
      assertEquals(reference.amps()[j], amps[j], 1e-9 * reference.amps()[j], "column " + j);
    }
  }

  @Test
  void everyEntryIsWhatTheSolversFind() {
    for (long seed = 0; seed < 60; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-6, 1e-3, 0);
      double[][] entries = entries(of(circuit));
      for (LinearSolver solver :
          new LinearSolver[] {
            new SparseCholesky(circuit.equations()), new LineConjugateGradients(circuit.equations())
          }) {
        assertClose(
            solved(solver, circuit.siemens()), entries, 1e-10, 1e-14, "seed " + seed + solver);
      }
    }
  }

  @Test
  void everyEntryOfHighContrastIsWhatTheSolversFind() {
    for (long seed = 0; seed < 60; seed++) {
      Circuit circuit = Circuits.any(seed, 1e-9, 1e-2, 0);
      double[][] solved = solved(new SparseCholesky(circuit.equations()), circuit.siemens());
      assertClose(solved, entries(of(circuit)), 1e-10, 1e-12, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x40", "40x1", "1x1", "2x3", "33x70", "70x33"})
  void anyShapeWillDo(String shape) {
    int rows = Integer.parseInt(shape.split("x")[0]);
    int columns = Integer.parseInt(shape.split("x")[1]);
    Wires wires = new Wires(0.5, 2, 10, 30, 0);
    double[] siemens = Circuits.siemens(new Philox(Philox.key(4, 0)), rows * columns, 1e-6, 1e-3);
    double[][] solved =
        solved(new SparseCholesky(NodeEquations.read(rows, columns, wires)), siemens);
    TransferMatrix map = TransferMatrix.of(siemens, rows, columns, wires, ALONE);
    assertClose(solved, entries(map), 1e-10, 1e-14, shape);
  }

  @Test
  void perfectWiresAreNoSpecialCase() {
    for (int mask = 0; mask < 16; mask++) {
      Wires wires =
          new Wires(
              (mask & 1) == 0 ? 3 : 0,
              (mask & 2) == 0 ? 2 : 0,
              (mask & 4) == 0 ? 100 : 0,
              (mask & 8) == 0 ? 50 : 0,
              0);
      double[] siemens = Circuits.siemens(new Philox(Philox.key(5, mask)), 11 * 14, 1e-6, 1e-3);
      TransferMatrix map = TransferMatrix.of(siemens, 11, 14, wires, ALONE);
      LinearSolver solver = new SparseCholesky(NodeEquations.read(11, 14, wires));
      assertClose(solved(solver, siemens), entries(map), 1e-10, 1e-14, "mask " + mask);
      for (int cell = 0; cell < siemens.length; cell++) {
        siemens[cell] = 3.3e-4 - siemens[cell] / 4;
        map.update(new int[] {cell}, new double[] {siemens[cell]});
      }
      assertClose(solved(solver, siemens), entries(map), 1e-10, 1e-14, "updated, mask " + mask);
    }
  }

  @Test
  void thousandsOfUpdatesStayExact() {
    int rows = 24;
    int columns = 40;
    Wires wires = new Wires(2, 3, 100, 20, 0);
    RandomGenerator random = new Philox(Philox.key(6, 0));
    double[] siemens = Circuits.siemens(random, rows * columns, 1e-9, 1e-2);
    TransferMatrix map = TransferMatrix.of(siemens, rows, columns, wires, ALONE);
    for (int n = 1; n <= 6000; n++) {
      int cell = random.nextInt(siemens.length);
      siemens[cell] = n % 10 == 0 ? 0 : Circuits.siemens(random, 1, 1e-9, 1e-2)[0];
      map.update(new int[] {cell}, new double[] {siemens[cell]});
      if (n % 500 == 0) {
        TransferMatrix anew = TransferMatrix.of(siemens, rows, columns, wires, ALONE);
        assertClose(entries(anew), entries(map), 0, 1e-11, "after " + n);
      }
    }
  }

  /// A good cell behind bad drivers is all that its nodes conduct by: without it nearly nothing is left to subtract from.
  @Test
  void anUpdateThatLosesDigitsIsMadeAnew() {
    Wires wires = new Wires(1, 1, 1e8, 1e8, 0);
    double[] siemens = Circuits.siemens(new Philox(Philox.key(9, 0)), 16, 1e-9, 1e-8);
    siemens[5] = 10;
    TransferMatrix map = TransferMatrix.of(siemens, 4, 4, wires, ALONE);
    siemens[5] = 1e-9;
    map.update(new int[] {5}, new double[] {1e-9});
    TransferMatrix anew = TransferMatrix.of(siemens, 4, 4, wires, ALONE);
    assertClose(entries(anew), entries(map), 1e-13, 0, "updated");
  }

  @Test
  void manyCellsAtOnceAreTheSameAsOneByOne() {
    RandomGenerator random = new Philox(Philox.key(7, 0));
    double[] siemens = Circuits.siemens(random, 30 * 30, 1e-6, 1e-3);
    for (int count : new int[] {3, 40, 900}) {
      TransferMatrix map = TransferMatrix.of(siemens, 30, 30, Wires.uniform(1), ALONE);
      int[] cells = random.ints(0, 900).distinct().limit(count).toArray();
      double[] changed = Circuits.siemens(random, count, 1e-6, 1e-3);
      for (int k = 0; k < count; k++) {
        siemens[cells[k]] = changed[k];
      }
      map.update(cells, changed);
      TransferMatrix anew = TransferMatrix.of(siemens, 30, 30, Wires.uniform(1), ALONE);
      assertClose(entries(anew), entries(map), 1e-10, 1e-14, count + " cells");
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    RandomGenerator random = new Philox(Philox.key(8, 0));
    double[] siemens = Circuits.siemens(random, 100 * 110, 1e-6, 1e-3);
    double[][] expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      TransferMatrix map =
          TransferMatrix.of(siemens, 100, 110, Wires.uniform(2), new Workers(threads));
      map.update(new int[] {0, 1234, 6749}, new double[] {1e-3, 0, 2e-4});
      double[][] entries = entries(map);
      expected = expected == null ? entries : expected;
      assertTrue(Arrays.deepEquals(expected, entries), threads + " threads");
    }
  }

  @Test
  void theBatchHoldsTheSameNumbers() {
    TransferMatrix map =
        TransferMatrix.of(
            new double[] {1e-4, 2e-4, 3e-4, 4e-4, 5e-4, 6e-4}, 2, 3, Wires.PERFECT, ALONE);
    Batch signal = Batch.zeros(2, 16);
    map.copyTo(signal);
    assertEquals(6e-4f, signal.get(1, 2));
    assertEquals(0f, signal.get(1, 3));
  }

  @Test
  void wrongCellsAreRefused() {
    TransferMatrix map = TransferMatrix.of(new double[6], 2, 3, Wires.uniform(1), ALONE);
    Exception outside =
        assertThrows(
            IllegalArgumentException.class, () -> map.update(new int[] {6}, new double[] {1e-4}));
    assertEquals("cell 6 of 2 x 3: give row * 3 + column, 0 to 5", outside.getMessage());
    Exception negative =
        assertThrows(
            IllegalArgumentException.class, () -> map.update(new int[] {5}, new double[] {-1e-4}));
    assertEquals(
        "a cell's conductance must be 0 S or more, not -1.0E-4 at row 1, column 2",
        negative.getMessage());
  }
}
