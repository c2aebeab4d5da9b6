package org.mortal.bench;

import java.io.PrintWriter;
import java.util.List;
import org.mortal.bench.train.JobException;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns whatever went wrong into one line on standard error and an exit code.
///
/// An exception class of Mortal's own bears a message for the user, and is shown as it stands. Any
/// other that gets here is a bug of ours and is called one. The stack trace comes with `--debug`.
public final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String OWN = "org.mortal.";
  private static final String DEBUG = "--debug";

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String line = "%s (see '%s --help')".formatted(describeCall(error), name);
    print(command.getErr(), name, line, error, List.of(args).contains(DEBUG));
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult result) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return report(error, command, debug(result));
  }

  /// Prints what `error` means to the user.
  ///
  /// @param command the command that was running
  /// @param debug whether to add the stack trace
  /// @return the exit code
  int report(Throwable error, CommandLine command, boolean debug) {
    String name = command.getCommandSpec().qualifiedName();
    print(command.getErr(), name, describe(error), error, debug);
    boolean call =
        error instanceof JobException
            || error instanceof ChipException chip && chip.fault() instanceof Fault.BadAddress;
    return call ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static String describeCall(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return oneLine(error.getMessage());
    }
    boolean group = !error.getCommandLine().getSubcommands().isEmpty();
    String kind = unmatched.isUnknownOption() ? "option" : group ? "command" : "argument";
    String line = "unknown %s '%s'".formatted(kind, oneLine(unmatched.getUnmatched().getFirst()));
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty()
        ? line
        : line + "; did you mean " + String.join(" or ", suggestions) + "?";
  }

  private static String describe(Throwable error) {
    if (error.getClass().getName().startsWith(OWN)) {
      return oneLine(error.getMessage());
    }
    return switch (error) {
      case InterruptedException _ -> "interrupted";
      case OutOfMemoryError _ ->
          ("out of memory with a heap of at most %d MB: make the job smaller, or allow more with"
                  + " MORTAL_JAVA_OPTS=-Xmx8g")
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      default ->
          "internal error, a bug in mortal: %s; rerun with --debug and report what it prints"
              .formatted(oneLine(error.toString()));
    };
  }

  private static void print(
      PrintWriter err, String name, String line, Throwable error, boolean debug) {
    err.println(name + ": " + line);
    if (debug) {
      error.printStackTrace(err);
    }
    err.flush();
  }

  /// Picocli's own messages may span lines, and so may a file name.
  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static boolean debug(ParseResult result) {
    for (ParseResult at = result; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
      if (at.hasMatchedOption(DEBUG)) {
        return true;
      }
    }
    return false;
  }
}
