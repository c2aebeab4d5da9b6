package org.mortal.chip.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The list of what goes over the wire, as `firmware/protocol/commands.def` has it.
///
/// @param entries in the order of the list
record CommandList(List<Entry> entries) {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern ENTRY =
      Pattern.compile(
          "([A-Z]+)\\(\\s*(\\w+),\\s*(\\d+)\\s*(?:,\\s*\"([^\"]*)\",\\s*\"([^\"]*)\"\\s*)?\\)");

  /// The one that this driver was built with.
  static final CommandList DRIVER = read("commands.def");

  /// @param kind such as COMMAND
  /// @param request fields of a command's request, null for other kinds
  /// @param reply fields of a command's reply, null for other kinds
  record Entry(String kind, String name, int number, String request, String reply) {

    /// As the schema hash sees it.
    String text() {
      return request == null
          ? "%s %s %d\n".formatted(kind, name, number)
          : "%s %s %d %s -> %s\n".formatted(kind, name, number, request, reply);
    }
  }

  private static CommandList read(String resource) {
    try (InputStream stream = CommandList.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing beside " + CommandList.class);
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalArgumentException if something in it is neither comment nor entry
  static CommandList parse(String text) {
    String bare = COMMENT.matcher(text).replaceAll("");
    List<Entry> entries = new ArrayList<>();
    Matcher matcher = ENTRY.matcher(bare);
    int end = 0;
    while (matcher.find()) {
      refuseUnlessBlank(bare.substring(end, matcher.start()));
      end = matcher.end();
      entries.add(
          new Entry(
              matcher.group(1),
              matcher.group(2),
              Integer.parseInt(matcher.group(3)),
              matcher.group(4),
              matcher.group(5)));
    }
    refuseUnlessBlank(bare.substring(end));
    return new CommandList(List.copyOf(entries));
  }

  private static void refuseUnlessBlank(String between) {
    if (!between.isBlank()) {
      throw new IllegalArgumentException("the command list has '%s'".formatted(between.strip()));
    }
  }

  /// Names and numbers of one kind.
  Map<String, Integer> numbers(String kind) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.kind().equals(kind)) {
        numbers.put(entry.name(), entry.number());
      }
    }
    return numbers;
  }

  /// Tells two lists apart.
  int schema() {
    CRC32C crc = new CRC32C();
    for (Entry entry : entries) {
      crc.update(entry.text().getBytes(StandardCharsets.UTF_8));
    }
    return (int) crc.getValue();
  }
}
