package org.mortal.sim.junit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A chip that failed a test: its name, what is kept of it, and how to ask it again.
///
/// @param address in full
/// @param context of the failed invocation
record FailedChip(String address, ExtensionContext context, Throwable failure) {
  private static final String FOLDER = "mortal.chips.folder";
  private static final String STANDARD_FOLDER = "target/mortal-chips";

  /// Keeps what is known, one file for each test and chip.
  ///
  /// @return the failure in one line: chip, message, file, and the command to run it again
  String keep() {
    return "%s: %s; %s; run it again: %s".formatted(address, message(), write(), command());
  }

  /// Removes what an earlier run kept of that chip.
  static void forget(String address, ExtensionContext context) {
    try {
      Files.deleteIfExists(file(address, context));
    } catch (IOException e) {
      throw new UncheckedIOException("a kept chip cannot be replaced: " + e.getMessage(), e);
    }
  }

  private static Path file(String address, ExtensionContext context) {
    String folder = context.getConfigurationParameter(FOLDER).orElse(STANDARD_FOLDER);
    String name =
        "%s.%s-%s.txt"
            .formatted(
                context.getRequiredTestClass().getName(),
                context.getRequiredTestMethod().getName(),
                address);
    return Path.of(folder, name.replaceAll("[^\\w.=,-]+", "_"));
  }

  /// Keeps all that is kept of a chip.
  private String write() {
    Path file = file(address, context);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "chip: %s%ntest: %s%nrun again: %s%n%n%s".formatted(address, test(), command(), trace));
      return "kept in " + file;
    } catch (IOException e) {
      return "not kept in %s: %s".formatted(file, e.getMessage());
    }
  }

  private String message() {
    String message =
        failure instanceof AssertionError && failure.getMessage() != null
            ? failure.getMessage()
            : failure.toString();
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private String test() {
    return context.getRequiredTestClass().getName()
        + "#"
        + context.getRequiredTestMethod().getName();
  }

  private String command() {
    return "mvn test '-Dtest=%s' '-Dmortal.chip=%s'".formatted(test(), address);
  }
}
