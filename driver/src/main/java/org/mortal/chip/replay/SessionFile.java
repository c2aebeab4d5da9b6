package org.mortal.chip.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// The lines of a recorded session, one after another.
///
/// A last line without an end was being written when the recorder was killed: it is left out, with a warning.
final class SessionFile implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SessionFile.class.getName());

  private final Path file;
  private final BufferedReader reader;
  private final boolean torn;
  private String ahead;
  private int line;

  /// @throws ChipException if there is no such file
  SessionFile(Path file) {
    this.file = file;
    try {
      this.torn = torn(file);
      this.reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      this.ahead = whole(reader.readLine());
    } catch (IOException e) {
      throw failed("it cannot be read: " + e);
    }
  }

  private static boolean torn(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      bytes.seek(Math.max(0, length - 1));
      return length > 0 && bytes.read() != '\n';
    }
  }

  private ChipException failed(String reason) {
    return new ChipException(new Fault.NoBoard("replay:" + file, reason));
  }

  /// The number of the line that [#next] returned last, from 1 on.
  int line() {
    return line;
  }

  /// The next line, or null at the end of the session.
  Map<String, Object> next() {
    if (ahead == null) {
      return null;
    }
    try {
      String now = ahead;
      line++;
      ahead = whole(reader.readLine());
      return JsonLine.read(now);
    } catch (IOException e) {
      throw failed("line %d is of no session: %s".formatted(line, firstLine(e)));
    }
  }

  /// `text`, or null where it is the torn end.
  private String whole(String text) throws IOException {
    if (text == null || !torn) {
      return text;
    }
    reader.mark(1);
    if (reader.read() >= 0) {
      reader.reset();
      return text;
    }
    LOG.log(
        Level.WARNING,
        "{0}: the last line, {1}, was cut off when it was recorded, and is left out",
        file,
        line + 1);
    return null;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a session could not be closed", e);
    }
  }
}
