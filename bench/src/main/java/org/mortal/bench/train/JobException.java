package org.mortal.bench.train;

/// A training job that makes no sense as it was called. The message is one line.
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JobException(String message) {
    super(message);
  }
}
