package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/// A command that was run in this process, and what it said.
record Call(int code, String out, String err) {

  static Call of(String... args) {
    CommandLine command = Mortal.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int code = Mortal.run(command, args);
    return new Call(code, out.toString(), err.toString());
  }

  /// The result, which must be all there is on standard output.
  JsonNode json() {
    assertEquals(0, code, err);
    List<String> lines = out.lines().toList();
    assertEquals(1, lines.size(), out);
    try {
      return new ObjectMapper().readTree(lines.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The error must be one line that says all of `parts`, and nothing else is printed.
  void refused(int expected, String... parts) {
    assertEquals(expected, code, err);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    assertFalse(err.contains("\tat "), err);
    Arrays.stream(parts).forEach(part -> assertTrue(err.contains(part), err));
  }
}
