package org.mortal.bench.emulate;

/// A board that cannot be emulated here, or is no longer. The message is one line for the user.
public final class EmulationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param cause the error underneath, or null
  EmulationException(String message, Throwable cause) {
    super(message.replaceAll("\\R", " "), cause);
  }
}
