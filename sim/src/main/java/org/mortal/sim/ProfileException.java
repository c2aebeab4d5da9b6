package org.mortal.sim;

/// A profile that cannot be used; the message is one line that says where and why.
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProfileException(String message, Throwable cause) {
    super(message, cause);
  }
}
