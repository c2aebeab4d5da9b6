package org.mortal.sim.fit;

/// Measurements that nothing can be fitted to. The message is one line: what is wrong, how much, and the mend.
public final class FitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FitException(String message) {
    super(message);
  }
}
