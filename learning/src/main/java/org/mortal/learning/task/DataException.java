package org.mortal.learning.task;

/// A data set that cannot be had: a file is missing, damaged or of another kind, or a name is
/// unknown.
///
/// The message is always **one line** that names the file or task, what is wrong with it, and the
/// mend. It is meant to be shown to the user as it stands, without a stack trace.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error without a deeper cause.
  ///
  /// @param message what, where and the mend; line breaks (a file name may hold some) become spaces
  public DataException(String message) {
    this(message, null);
  }

  /// An error that another one brought about.
  ///
  /// @param message what, where and the mend; line breaks (a file name may hold some) become spaces
  /// @param cause the error underneath, or `null`
  public DataException(String message, Throwable cause) {
    super(message.replaceAll("\\R", " "), cause);
  }
}
