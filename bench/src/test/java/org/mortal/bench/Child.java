package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program in a process of its own, as `bench/mortal` starts it.
///
/// @param out file of its standard output
/// @param err file of its standard error
record Child(Process process, Path out, Path err) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-modules=jdk.incubator.vector",
          "-Djava.awt.headless=true",
          "-XX:+UseParallelGC",
          "-Xshare:auto",
          "-Dorg.slf4j.simpleLogger.logFile=System.err",
          "-Dmortal.root=" + System.getProperty("mortal.root"));

  /// @param folder where its output goes
  /// @param environment what is different in its environment; null takes a variable away
  static Child start(Path folder, Map<String, String> environment, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>(takingSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Mortal.class.getName()));
    command.addAll(args);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    environment.forEach((name, value) -> {
      builder.environment().remove(name);
      if (value != null) {
        builder.environment().put(name, value);
      }
    });
    return new Child(builder.start(), out, err);
  }

  /// A build in the background of a shell ignores Ctrl-C, and so would its children: where `env`
  /// can, it undoes that.
  private static List<String> takingSignals() {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> probe = new ArrayList<>(prefix);
    probe.add("true");
    try {
      Process process =
          new ProcessBuilder(probe).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor() == 0 ? prefix : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /// Sends a signal, `INT` or `TERM`.
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  /// Waits for its end.
  ///
  /// @return the exit code
  int code() throws InterruptedException, IOException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "no end: " + errors());
    return process.exitValue();
  }

  /// All it wrote on standard error.
  String errors() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// The result, which must be all there is on standard output.
  JsonNode json() throws IOException {
    List<String> lines = Files.readAllLines(out);
    assertEquals(1, lines.size(), () -> lines + errors());
    return new ObjectMapper().readTree(lines.getFirst());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
