package org.mortal.sim;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// A profile, or the state of a chip, that cannot be used; the message is one line that says where and why.
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProfileException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What the file system has against a file, in words.
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "no permission";
      case CharacterCodingException _ -> "it is no text in UTF-8";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
