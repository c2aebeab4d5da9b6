package org.mortal.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.book.Bookkeeper;
import org.mortal.bench.calibrate.file.CalibratedOpener;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.run.CalibrationMark;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunListener;
import org.mortal.bench.run.RunPlace;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// Options that every command takes, and the one way in which commands end: see [#finish].
public final class CommonOptions {
  /// The chip that is meant where none is named.
  static final String DEFAULT_CHIP = "sim:hfox?seed=1";

  private static final int MOST_THREADS = 1024;

  private static final String BOOK_VARIABLE = "MORTAL_BOOK";

  static final String CALIBRATION = "--calibration";

  private final ChipOpener opener;

  /// Null without calibrations, and until somebody asks.
  private CalibratedOpener calibrated;

  /// Nothing until somebody asks.
  private Optional<Bookkeeper> keeper;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object as the last line instead of text.")
  private boolean json;

  @Option(names = "--debug", description = "Print the stack trace of an error.")
  private boolean debug;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute on; default: every processor. Results do not depend on it.")
  private Integer threads;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where run folders are kept; default: ${DEFAULT-VALUE}.")
  private Path runs;

  @Option(
      names = "--book",
      paramLabel = "BOOK",
      description =
          "The lab book: a file, jdbc:postgresql://HOST/DATABASE, or none; default: MORTAL_BOOK, or book.db"
              + " beside the run folders.")
  private String book;

  @Option(
      names = CALIBRATION,
      paramLabel = "F",
      split = ",",
      description =
          "Go by this calibration of the chip, a file of 'calibrate'; by several of several chips,"
              + " with commas between them.")
  private List<Path> calibrations = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  /// Options of a command that opens chips as their addresses say.
  public CommonOptions() {
    this(Chips::open);
  }

  /// @param opener of every chip that the command opens
  CommonOptions(ChipOpener opener) {
    this.opener = opener;
  }

  /// How the command opens chips: all of them in this way, behind their calibrations where those are named.
  ///
  /// @throws org.mortal.bench.run.RunException if a calibration cannot be read
  ChipOpener chips() {
    return calibrations.isEmpty() ? watched() : calibrated();
  }

  /// The calibration that is named for a chip, to be looked at rather than gone by.
  ///
  /// @throws org.mortal.bench.run.RunException if there is none of this chip
  CalibrationFile calibrationOf(Chip chip, String address) {
    if (calibrations.isEmpty()) {
      throw wrong("name the calibration of %s with %s".formatted(chip.id(), CALIBRATION));
    }
    return calibrated().of(chip, address);
  }

  /// How the command opens chips that answer for themselves, whatever calibration is named.
  ChipOpener watched() {
    return keeper().map(keeper -> keeper.watching(opener)).orElse(opener);
  }

  private CalibratedOpener calibrated() {
    if (calibrated == null) {
      calibrated = new CalibratedOpener(watched(), calibrations, this::warn);
    }
    return calibrated;
  }

  /// The same for a command that wants to hear what chips answer for themselves.
  ///
  /// @param why no calibration can be named with it, for the error
  ChipOpener uncalibratedChips(String why) {
    requireNoCalibration(why);
    return chips();
  }

  /// How chips are opened for others, who count for themselves what they give to them, and correct for themselves.
  ChipOpener chipsForOthers() {
    requireNoCalibration("whoever opens the board corrects what it answers");
    return opener;
  }

  private void requireNoCalibration(String why) {
    if (!calibrations.isEmpty()) {
      throw wrong("%s takes no %s: %s; leave it out".formatted(command(), CALIBRATION, why));
    }
  }

  /// Goes by the calibrations of an earlier run.
  ///
  /// @param files as its arguments have them, or null
  void calibrateAs(String files) {
    calibrations =
        files == null ? List.of() : Arrays.stream(files.split(",")).map(Path::of).toList();
  }

  /// Enters in the lab book a calibration of a chip that this command has opened.
  ///
  /// @param quality figures by name
  void enter(CalibrationFile file, Map<String, ?> quality) {
    keeper().ifPresent(keeper -> keeper.calibrated(file, quality));
  }

  /// Opens and closes each chip, so that the last one, or its calibration, is not missed only when its turn comes.
  void requireChips(List<String> addresses, Kernels kernels) {
    for (String address : addresses) {
      try (Chip chip = opener.open(address, kernels)) {
        if (!calibrations.isEmpty()) {
          calibrated().of(chip, address);
        }
      }
    }
  }

  /// Whether the result is printed as JSON.
  boolean json() {
    return json;
  }

  /// Where run folders are kept.
  RunPlace runs() {
    return new RunPlace(
        runs,
        keeper().<RunListener>map(keeper -> keeper).orElse(RunListener.NONE),
        this::calibrationsUsed);
  }

  /// The calibrations that chips were opened with so far.
  List<CalibrationMark> calibrationsUsed() {
    return calibrated == null ? List.of() : calibrated.used();
  }

  /// The lab book's place, or nothing if none is kept.
  ///
  /// @throws ParameterException if it is no such place
  Optional<BookPlace> book() {
    String text = book == null ? System.getenv(BOOK_VARIABLE) : book;
    try {
      return BookPlace.of(text == null ? runs.resolve(BookPlace.FILE).toString() : text);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private Optional<Bookkeeper> keeper() {
    if (keeper == null) {
      keeper = book().map(place -> new Bookkeeper(place, this::warn));
    }
    return keeper;
  }

  private void warn(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("%s: warning: %s".formatted(spec.qualifiedName(), line));
    err.flush();
  }

  /// Runs the command that was parsed, and enters in the lab book what is left to be entered.
  ///
  /// @return the exit code
  public static int execute(ParseResult parsed) {
    boolean done = false;
    try {
      int code = new CommandLine.RunLast().execute(parsed);
      done = true;
      return code;
    } finally {
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      for (CommandSpec mixin : last.commandSpec().mixins().values()) {
        if (mixin.userObject() instanceof CommonOptions common) {
          common.end(done);
        }
      }
    }
  }

  private void end(boolean done) {
    if (keeper != null) {
      keeper.ifPresent(Bookkeeper::close);
    }
    if (done && !calibrations.isEmpty() && calibrated == null) {
      warn("%s was not used, since no chip was opened".formatted(CALIBRATION));
    }
  }

  /// How many threads to compute on.
  ///
  /// @throws ParameterException if the number makes no sense
  int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw wrong("--threads must be from 1 to %d, not %d".formatted(MOST_THREADS, threads));
    }
    return threads;
  }

  /// The fastest kernels on [#threads] threads.
  Kernels kernels() {
    return Kernels.select(threads());
  }

  /// The command's full name below `mortal`, for example `measure mvm`.
  String command() {
    String name = spec.qualifiedName(" ");
    return name.substring(name.indexOf(' ') + 1);
  }

  /// The command as it was called.
  CommandSpec spec() {
    return spec;
  }

  /// For calls that make no sense: to be thrown, ends the program with exit code 2.
  ///
  /// @param message what is wrong, the limit, the mend
  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /// Throws [#wrong] unless `value` lies between `low` and `high`.
  void requireRange(String option, long value, long low, long high) {
    if (value < low || value > high) {
      throw wrong("%s must be from %d to %d, not %d".formatted(option, low, high, value));
    }
  }

  /// Does work that Ctrl-C may end early, and reports its failure while there is still time to.
  ///
  /// @param work returns the exit code
  int interruptible(ToIntFunction<Interruption> work) throws Exception {
    try (Interruption interruption = Interruption.listen()) {
      try {
        return work.applyAsInt(interruption);
      } catch (RuntimeException e) {
        if (!interruption.requested()) {
          throw e;
        }
        CommandLine command = spec.commandLine();
        return command
            .getExecutionExceptionHandler()
            .handleExecutionException(e, command, command.getParseResult());
      }
    }
  }

  /// Prints the result on standard output: `text` for people, or `result` as one line of JSON.
  ///
  /// @param result a record or map
  /// @return the exit code of a command that is done
  int finish(Object result, String text) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(result));
    } else {
      out.print(text);
      if (!text.endsWith("\n")) {
        out.println();
      }
    }
    out.flush();
    return 0;
  }
}
