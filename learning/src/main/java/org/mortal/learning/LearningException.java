package org.mortal.learning;

/// A network, rule and chip that do not go together. The message is one line: what, why, the mend.
public final class LearningException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LearningException(String message) {
    super(message);
  }
}
