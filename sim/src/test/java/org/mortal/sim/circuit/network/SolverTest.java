package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.sim.circuit.Wires;

class SolverTest {

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void currentsAreThoseOfOtherPrograms(int size) {
    ReferenceCurrents reference = ReferenceCurrents.load(size);
    double[] amps =
        read(
            SparseCholesky::new,
            NodeEquations.read(size, size, Wires.uniform(1)),
            reference.siemens(),
            reference.volts());
    for (int j = 0; j < size; j++) {
      assertEquals(reference.amps()[j], amps[j], 1e-9 * reference.amps()[j], "column " + j);
    }
  }

  private static double[] read(
      Function<NodeEquations, LinearSolver> kind,
      NodeEquations equations,
      double[] siemens,
      double[] rowVolts) {
    LinearSolver solver = kind.apply(equations);
    solver.conductances(siemens);
    double[] amps = new double[equations.nodes()];
    double[] volts = new double[equations.nodes()];
    equations.inject(Terminals.read(rowVolts, equations.columns()), amps, volts);
    solver.solve(amps, volts);
    return equations.columnAmps(siemens, volts);
  }
}
