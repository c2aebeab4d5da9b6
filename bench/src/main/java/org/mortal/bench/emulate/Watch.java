package org.mortal.bench.emulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ends a board's processes and removes its link when this process is killed, so that nothing runs on that nobody can
/// reach.
///
/// A shell waits for the end of its input, which comes however this process ends. Ctrl-C reaches it too, and is for others.
final class Watch implements AutoCloseable {
  /// Each line of the input names the processes of now; the arguments are a link and a folder.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      now=
      while read -r line; do now=$line; done
      if [ -n "$now" ]; then
        kill -9 $now
        if [ -h "$1" ]; then rm -f "$1"; fi
      fi
      rm -rf "$2"
      """;

  private final Process shell;
  private final BufferedWriter input;

  private Watch(Process shell) {
    this.shell = shell;
    this.input = shell.outputWriter();
  }

  /// @param link of the processes, removed if it is a symbolic link
  /// @param folder removed with all that is in it
  static Watch start(Path link, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", link.toString(), folder.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new Watch(builder.start());
    } catch (IOException e) {
      throw new EmulationException("cannot start sh: " + e, e);
    }
  }

  /// These are the board's processes from now on; null is none. A watch that was closed takes no notice.
  void over(Process... processes) {
    if (!shell.isAlive()) {
      return;
    }
    List<Process> all = Stream.of(processes).filter(one -> one != null && one.isAlive()).toList();
    try {
      input.write(
          all.stream().map(one -> Long.toString(one.pid())).collect(Collectors.joining(" ")));
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new EmulationException("the board's watch has ended: " + e, e);
    }
  }

  /// Ends the watch alone.
  @Override
  public void close() {
    shell.destroyForcibly().onExit().join();
  }
}
