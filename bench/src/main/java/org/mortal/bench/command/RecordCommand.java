package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.train.ChipOpener;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.replay.RecordingChip;
import org.mortal.kernel.Kernels;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mortal record FILE COMMAND...`: any other command, with what its chip is asked and answers written to a file.
@Command(
    name = "record",
    description = {
      "Runs another command and writes every call to its chip, with the answer, to a file.",
      "The address replay:FILE answers from it, as long as it is asked the same."
    },
    footer = {
      "",
      "Example:",
      "  bench/mortal record session.jsonl train --task xor --chip sim:hfox?seed=1",
      "",
      "and then train --task xor --chip replay:session.jsonl, which gives the same figures."
    })
public final class RecordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The session; must not exist yet.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "What to run, with its own options. It may open one chip.")
  private List<String> command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  @Override
  public Integer call() {
    Recorder recorder = new Recorder();
    CommandLine outer = spec.root().commandLine();
    CommandLine inner =
        new CommandLine(spec.root().userObject().getClass(), new Factory(recorder))
            .setOut(outer.getOut())
            .setErr(outer.getErr())
            .setParameterExceptionHandler(outer.getParameterExceptionHandler())
            .setExecutionExceptionHandler(outer.getExecutionExceptionHandler())
            .setExecutionStrategy(outer.getExecutionStrategy())
            .setUsageHelpWidth(outer.getUsageHelpWidth())
            .setAbbreviatedOptionsAllowed(false)
            .setAbbreviatedSubcommandsAllowed(false)
            .setAllowSubcommandsAsOptionParameters(true);
    int code = inner.execute(command.toArray(String[]::new));
    if (code == 0 && !recorder.opened) {
      throw new RunException(
          "%s opened no chip, so nothing was recorded: choose a command that works on one"
              .formatted(command.getFirst()),
          null);
    }
    return code;
  }

  /// Makes commands whose chips are opened by a recorder.
  private record Factory(ChipOpener opener) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == CommonOptions.class
          ? type.cast(new CommonOptions(opener))
          : CommandLine.defaultFactory().create(type);
    }
  }

  private final class Recorder implements ChipOpener {
    private boolean opened;

    @Override
    public Chip open(String address, Kernels kernels) {
      if (opened) {
        throw new RunException(
            "%s opens more than one chip, and %s holds the session of one: record a command on one chip"
                .formatted(command.getFirst(), file),
            null);
      }
      Chip chip = Chips.open(address, kernels);
      opened = true;
      try {
        return new RecordingChip(chip, file);
      } catch (RuntimeException | Error e) {
        chip.close();
        throw e;
      }
    }
  }
}
