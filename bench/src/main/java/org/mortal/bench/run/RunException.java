package org.mortal.bench.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/// A file or folder of a run that cannot be read or written.
///
/// The message is one line for the user: the path, what is wrong there, and the mend.
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what, where and the mend; line breaks become spaces
  /// @param cause the error underneath, or `null`
  public RunException(String message, Throwable cause) {
    super(message.replaceAll("\\R", " "), cause);
  }

  /// An error of the file system.
  ///
  /// @param what the attempt, for example `cannot write`
  /// @param path where
  /// @param mend what the user can do
  public static RunException of(String what, Path path, IOException error, String mend) {
    return new RunException("%s %s: %s; %s".formatted(what, path, reason(error), mend), error);
  }

  private static String reason(IOException error) {
    return switch (error) {
      case NoSuchFileException e -> "no such file or folder: " + e.getFile();
      case FileAlreadyExistsException e -> "a file is in the way at " + e.getFile();
      case NotDirectoryException e -> e.getFile() + " is no folder";
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileSystemException e when e.getReason() != null ->
          "%s (%s)".formatted(e.getReason().toLowerCase(Locale.ROOT), e.getFile());
      case CharacterCodingException _ -> "it is no text in UTF-8";
      default -> error.getMessage() == null ? error.toString() : error.getMessage();
    };
  }
}
