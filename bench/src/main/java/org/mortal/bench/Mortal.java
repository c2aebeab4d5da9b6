package org.mortal.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.mortal.bench.command.BoardCommand;
import org.mortal.bench.command.BookCommand;
import org.mortal.bench.command.CalibrateCommand;
import org.mortal.bench.command.CharacteriseCommand;
import org.mortal.bench.command.CheckCommand;
import org.mortal.bench.command.ChipsCommand;
import org.mortal.bench.command.CommonOptions;
import org.mortal.bench.command.CompareCommand;
import org.mortal.bench.command.DataCommand;
import org.mortal.bench.command.EmulateCommand;
import org.mortal.bench.command.FitCommand;
import org.mortal.bench.command.InfoCommand;
import org.mortal.bench.command.MeasureCommand;
import org.mortal.bench.command.MutualCommand;
import org.mortal.bench.command.NoiseCommand;
import org.mortal.bench.command.ProgramCommand;
import org.mortal.bench.command.ReadCommand;
import org.mortal.bench.command.RecordCommand;
import org.mortal.bench.command.ScalingCommand;
import org.mortal.bench.command.SelftestCommand;
import org.mortal.bench.command.SolveCommand;
import org.mortal.bench.command.TrainCommand;
import org.mortal.bench.command.TransferCommand;
import org.mortal.bench.command.TwinCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program `mortal`.
@Command(
    name = "mortal",
    description = "Hardware-in-the-loop toolkit for analog accelerators.",
    mixinStandardHelpOptions = true,
    versionProvider = Mortal.VersionText.class,
    subcommands = {
      ChipsCommand.class,
      InfoCommand.class,
      ReadCommand.class,
      ProgramCommand.class,
      SolveCommand.class,
      SelftestCommand.class,
      CalibrateCommand.class,
      CharacteriseCommand.class,
      TwinCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      TransferCommand.class,
      MutualCommand.class,
      NoiseCommand.class,
      CheckCommand.class,
      ScalingCommand.class,
      MeasureCommand.class,
      RecordCommand.class,
      FitCommand.class,
      BoardCommand.class,
      EmulateCommand.class,
      DataCommand.class,
      BookCommand.class
    },
    footer = {"", "Example:", "  bench/mortal chips"})
public final class Mortal implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;

  @Option(names = "--debug", description = "Print the stack trace of an error.")
  private boolean debug;

  /// Runs the command that `args` name and ends the process with its exit code.
  public static void main(String[] args) {
    // Figures read the same everywhere, and scripts can parse them.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    // One line for each log record.
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
    }
    System.exit(run(commandLine(), args));
  }

  /// The whole command line, ready to run.
  static CommandLine commandLine() {
    ErrorHandler errors = new ErrorHandler();
    CommandLine command = new CommandLine(new Mortal());
    command.setParameterExceptionHandler(errors);
    command.setExecutionExceptionHandler(errors);
    command.setExecutionStrategy(CommonOptions::execute);
    command.setUsageHelpWidth(HELP_WIDTH);
    // An option may be abbreviated nowhere, so that scripts do not break when a new one is added.
    command.setAbbreviatedOptionsAllowed(false);
    command.setAbbreviatedSubcommandsAllowed(false);
    // Run folders are in 'runs', and so is a command of 'book'.
    command.setAllowSubcommandsAsOptionParameters(true);
    // What follows the file is another command, options and all.
    command.getSubcommands().get("record").setStopAtPositional(true);
    return command;
  }

  /// Runs `args` and returns the exit code.
  static int run(CommandLine command, String... args) {
    try {
      int code = command.execute(args);
      PrintWriter out = command.getOut();
      if (out.checkError()) {
        command
            .getErr()
            .println(
                "mortal: standard output cannot be written: is the disk full, or its reader gone?");
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
      }
      return code;
    } catch (Error e) {
      // Picocli hands over exceptions, but no errors.
      return new ErrorHandler().report(e, command, List.of(args).contains("--debug"));
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given: choose one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /// What `--version` prints.
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "mortal " + Version.text(), "Java ${java.version}, ${os.name} ${os.arch}"
      };
    }
  }
}
