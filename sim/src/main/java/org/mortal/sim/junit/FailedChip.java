package org.mortal.sim.junit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.sim.ProfileException;
import org.mortal.sim.SimChip;

/// A chip that failed a test: its name, what is kept of it, and how to ask it again.
///
/// @param address in full
/// @param chip still open
/// @param context of the failed invocation
record FailedChip(String address, Chip chip, ExtensionContext context, Throwable failure) {
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
      Files.deleteIfExists(file(address, context, "txt"));
      Files.deleteIfExists(file(address, context, "state"));
    } catch (IOException e) {
      throw new UncheckedIOException("a kept chip cannot be replaced: " + e.getMessage(), e);
    }
  }

  private static Path file(String address, ExtensionContext context, String kind) {
    String folder = context.getConfigurationParameter(FOLDER).orElse(STANDARD_FOLDER);
    String name =
        "%s.%s-%s"
            .formatted(
                context.getRequiredTestClass().getName(),
                context.getRequiredTestMethod().getName(),
                address);
    return Path.of(folder, name.replaceAll("[^\\w.=,-]+", "_") + "." + kind);
  }

  /// Keeps all that is kept of a chip: what happened, and of a simulated chip what it was when it did.
  private String write() {
    Path file = file(address, context, "txt");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "chip: %s%nstate: %s%ntest: %s%nrun again: %s%n%n%s"
              .formatted(address, state(), test(), command(), trace));
      return "kept in " + file;
    } catch (IOException e) {
      return "not kept in %s: %s".formatted(file, e.getMessage());
    }
  }

  private String state() {
    if (!(chip instanceof SimChip simulated)) {
      return "only the chip itself has it";
    }
    Path file = file(address, context, "state");
    try {
      simulated.save(file);
      return "as it failed: %s&state=%s".formatted(address, file);
    } catch (ProfileException | ChipException e) {
      return "not kept: " + e.getMessage();
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
