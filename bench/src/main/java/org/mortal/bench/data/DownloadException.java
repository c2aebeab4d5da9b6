package org.mortal.bench.data;

/// A file that could not be fetched from any mirror, or not be stored.
///
/// The message is one line: the file, each mirror with what happened there, and the mend. It is
/// meant to be shown to the user as it stands.
public final class DownloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error that another one brought about.
  ///
  /// @param message what, where and the mend; line breaks become spaces
  /// @param cause the error underneath, or `null`
  public DownloadException(String message, Throwable cause) {
    super(message.replaceAll("\\R", " "), cause);
  }
}
