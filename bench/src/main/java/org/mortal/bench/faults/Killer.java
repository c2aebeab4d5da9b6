package org.mortal.bench.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mortal.bench.Mortal;
import org.mortal.bench.emulate.Firmware;

/// Runs commands of this program in processes of their own, and kills them outright: no handler runs, nothing is saved.
public final class Killer {
  /// Those of the launcher, and what makes a process that lives for a second start sooner.
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-modules=jdk.incubator.vector",
          "-Djava.awt.headless=true",
          "-Dorg.slf4j.simpleLogger.logFile=System.err",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC");

  /// What is never waited for longer.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 1;

  private final Path out;
  private final Path err;

  /// @param folder for what commands print; of the last one only
  public Killer(Path folder) {
    this.out = folder.resolve("out");
    this.err = folder.resolve("err");
  }

  /// How a command ended.
  ///
  /// @param killed whether it was killed; it may have ended by itself before
  /// @param code its exit code
  /// @param seconds how long it ran
  /// @param out what it printed
  /// @param err what it printed on standard error
  public record End(boolean killed, int code, double seconds, String out, String err) {
    /// The last line that it printed, empty if there is none.
    public String lastLine() {
      return last(out);
    }

    /// The same of standard error.
    public String error() {
      return last(err);
    }

    private static String last(String text) {
      return text.lines().reduce("", (_, line) -> line);
    }
  }

  /// Runs a command to its end.
  ///
  /// @param args from the command's name on
  public End run(List<String> args) {
    return run(args, () -> true, PATIENCE);
  }

  /// Runs a command, and kills it that long after it has begun, unless it ends by itself before.
  ///
  /// @param begun looks whether it has; who has no wish counts from its start
  public End run(List<String> args, BooleanSupplier begun, Duration after) {
    long started = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(commandLine(args))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      while (!begun.getAsBoolean() && process.isAlive()) {
        process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      boolean killed = !process.waitFor(after.toNanos(), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      double seconds = (System.nanoTime() - started) / 1e9;
      return new End(
          killed, process.exitValue(), seconds, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new IllegalStateException("cannot run %s: %s".formatted(args, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while %s was running".formatted(args), e);
    }
  }

  private static List<String> commandLine(List<String> args) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(FLAGS);
    line.add("-Dmortal.root=" + Firmware.root());
    String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (cache != null) {
      line.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
    }
    line.addAll(List.of("-cp", classPath(), Mortal.class.getName()));
    line.addAll(args);
    return line;
  }

  /// Of this process, wherever the other one is started.
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
