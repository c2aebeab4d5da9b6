package org.mortal.chip;

/// A [Fault] thrown. Its message is the fault's one line.
public final class ChipException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  public ChipException(Fault fault) {
    super(fault.message());
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
