package org.mortal.bench.program;

import java.util.List;
import java.util.Optional;

/// All methods of programming.
public final class Methods {
  private static final List<Method> ALL =
      List.of(
          new StepPulses(),
          new IncrementalStepPulses(),
          new RelaxationAware(),
          new HadamardVerify(),
          new ProportionalIntegral(),
          new MultiDevice(),
          new MvmTuning());

  private Methods() {}

  public static List<Method> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(Method::name).toList();
  }

  /// The method of that name, or nothing.
  public static Optional<Method> find(String name) {
    return ALL.stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
