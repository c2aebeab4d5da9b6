package org.mortal.bench.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// All methods of programming, by their names.
public enum Methods {
  STEP("step", new StepPulses()),
  ISPP("ispp", new IncrementalStepPulses()),
  GATE_VOLTAGE("gate-voltage", new GateVoltage()),
  RELAXATION_AWARE("relaxation-aware", 3, 0, RelaxationAware::new),
  HADAMARD("hadamard", new HadamardVerify()),
  VIPI("vipi", new ProportionalIntegral()),
  MULTI_DEVICE("multi-device", 2, 1, MultiDevice::new),
  MVM("mvm", 3, 0, MvmTuning::new);

  private static final int HIGHEST = 100;

  private final String label;
  private final boolean numbered;
  private final int usual;
  private final int least;
  private final IntFunction<Method> make;

  Methods(String label, Method method) {
    this(label, false, 0, 0, _ -> method);
  }

  Methods(String label, int usual, int least, IntFunction<Method> make) {
    this(label, true, usual, least, make);
  }

  Methods(String label, boolean numbered, int usual, int least, IntFunction<Method> make) {
    this.label = label;
    this.numbered = numbered;
    this.usual = usual;
    this.least = least;
    this.make = make;
  }

  /// What methods are called, without their numbers.
  public static List<String> names() {
    return Arrays.stream(values()).map(one -> one.label).toList();
  }

  /// The method of that name: `mvm`, or `mvm:5` for one that takes a number. Nothing if there is none.
  public static Optional<Method> find(String name) {
    return Stream.of(values()).flatMap(one -> one.of(name).stream()).findFirst();
  }

  private Optional<Method> of(String name) {
    if (name.equals(label)) {
      return Optional.of(make.apply(usual));
    }
    boolean number = numbered && name.matches(label + ":\\d{1,3}");
    int value = number ? Integer.parseInt(name.substring(label.length() + 1)) : -1;
    return value >= least && value <= HIGHEST && number
        ? Optional.of(make.apply(value))
        : Optional.empty();
  }
}
