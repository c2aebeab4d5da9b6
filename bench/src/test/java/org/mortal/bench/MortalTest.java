package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@Timeout(30)
class MortalTest {
  @TempDir Path folder;

  static Stream<List<String>> commands() {
    List<List<String>> names = new ArrayList<>();
    collect(Mortal.commandLine(), List.of(), names);
    return names.stream();
  }

  private static void collect(CommandLine command, List<String> name, List<List<String>> names) {
    names.add(name);
    command
        .getSubcommands()
        .forEach((key, sub) ->
            collect(sub, Stream.concat(name.stream(), Stream.of(key)).toList(), names));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasAnExampleThatParses(List<String> name) {
    List<String> args = new ArrayList<>(name);
    args.add("--help");
    Call call = Call.of(args.toArray(String[]::new));
    assertEquals(0, call.code(), call.err());
    assertEquals("", call.err());
    List<String> lines = call.out().lines().toList();
    int heading = lines.indexOf("Example:");
    assertTrue(heading >= 0, call.out());
    List<String> examples =
        lines.subList(heading + 1, lines.size()).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("bench/mortal "))
            .toList();
    assertEquals(1, examples.size(), call.out());
    String[] words = examples.getFirst().replace("'", "").split(" ");
    Mortal.commandLine().parseArgs(Stream.of(words).skip(1).toArray(String[]::new));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), call.out());
  }

  @Test
  void versionIsPrinted() {
    assertTrue(Call.of("--version").out().startsWith("mortal "));
  }

  @Test
  void chipsListsEveryPresetWithItsSource() {
    JsonNode json = Call.of("chips", "--json").json();
    Set<String> names = new HashSet<>();
    for (JsonNode preset : json.get("presets")) {
      names.add(preset.get("name").asText());
      assertFalse(preset.get("source").asText().isBlank());
    }
    assertTrue(names.containsAll(Set.of("ideal", "hfox", "hfox-harsh")), names.toString());
    assertTrue(json.get("boards").isArray());
    assertTrue(Call.of("chips").out().contains("sim:hfox\n"));
  }

  @Test
  void aProfileThatIsShownCanBeChangedAndListed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.toml");
    String text = Call.of("chips", "--show", "hfox").out();
    Files.writeString(file, text.replace("name = \"hfox\"", "name = \"mine\""));
    String listed = Call.of("chips", file.toString()).out();
    assertTrue(listed.startsWith("sim:" + file + "\n"), listed);
    assertEquals(
        "mine", Call.of("chips", file.toString(), "--json").json().at("/presets/0/name").asText());
    Files.writeString(file, text.replace("bits = 8", "bits = 99"));
    Call.of("chips", file.toString()).refused(1, "mine.toml: dac", "1 to 16 bits");
    Call.of("info", "sim:" + file).refused(2, "mine.toml: dac", "1 to 16 bits");
    Call.of("chips", "--show", "none").refused(2, "no profile 'none'", "hfox");
  }

  @Test
  void infoTellsWhatScriptsRelyOn() {
    JsonNode json = Call.of("info", "sim:hfox?seed=7&rows=16&columns=8", "--json").json();
    assertEquals("hfox-16x8-7", json.get("id").asText());
    assertEquals(16, json.get("rows").asInt());
    assertEquals(8, json.get("columns").asInt());
    assertEquals(0.2, json.get("limits").get("maxReadVolts").asDouble(), 1e-9);
    assertFalse(json.get("firmware").asText().isBlank());
    assertTrue(json.get("arrays").isNull());
    String text = Call.of("info").out();
    assertTrue(text.contains("hfox-256x256-1"), text);
    assertTrue(text.contains("1 µS to 101 µS"), text);
  }

  @Test
  void callsThatMakeNoSenseEndWithTwo() {
    Call.of().refused(2, "no command given", "chips");
    Call.of("chps").refused(2, "unknown command 'chps'", "did you mean chips or check");
    Call.of("info", "--jsn").refused(2, "unknown option '--jsn'", "did you mean --json?");
    Call.of("info", "--jso").refused(2, "unknown option '--jso'");
    Call.of("info", "sim:hfox", "more").refused(2, "unknown argument 'more'");
    Call.of("measure").refused(2, "choose one of mvm");
    Call.of("data").refused(2, "choose one of mnist");
    Call.of("data", "mnist").refused(2, "--to");
    Call.of("read").refused(2, "--volts");
    Call.of("info", "--threads", "0").refused(2, "--threads must be from 1 to");
    Call.of("info", "--threads", "two").refused(2, "--threads", "two");
    Call.of("measure", "mvm", "--size", "0").refused(2, "--size must be from 1 to");
    Call.of("measure", "mvm", "--batch", "-3").refused(2, "--batch must be from 1 to");
  }

  @Test
  void addressesThatNameNoChipEndWithTwo() {
    Call.of("info", "hfox").refused(2, "'hfox'", "scheme:name");
    Call.of("info", "usb:x").refused(2, "unknown scheme 'usb'", "sim");
    Call.of("info", "sim:hfx").refused(2, "unknown profile 'hfx'", "hfox-harsh");
    Call.of("info", "sim:hfox?sed=1").refused(2, "unknown parameter 'sed'", "seed");
    Call.of("info", "sim:hfox?seed=x").refused(2, "seed must be", "'x'");
    Call.of("info", "sim:hfox?rows=1025").refused(2, "rows must be", "1024");
    Call.of("measure", "mvm", "--chip", "sim:nope").refused(2, "unknown profile 'nope'");
    Call.of("data", "mnist", "--to", "x", "--mirror", "ftp://h/").refused(2, "ftp://h/");
  }

  @Test
  void workThatFailsEndsWithOne() {
    Call.of("data", "mnist", "--to", folder.toString(), "--mirror", "http://127.0.0.1:1/")
        .refused(1, "cannot fetch", "127.0.0.1:1");
    Call.of("measure", "mvm", "--chip", "sim:hfox?arrays=1")
        .refused(1, "needs 8 arrays", "arrays=8");
  }

  @Test
  void theStackTraceComesWithDebugOnly() {
    Call call = Call.of("info", "sim:hfx", "--debug");
    assertEquals(2, call.code());
    assertTrue(call.err().contains("\tat org.mortal."), call.err());
    assertTrue(Call.of("--debug", "info", "sim:hfx").err().contains("\tat "));
    assertTrue(Call.of("info", "--jsn", "--debug").err().contains("\tat "));
  }

  @Test
  void bugsAreCalledBugs() {
    StringWriter err = new StringWriter();
    CommandLine command = Mortal.commandLine().setErr(new PrintWriter(err));
    ErrorHandler errors = new ErrorHandler();
    assertEquals(1, errors.report(new IllegalStateException("a\nb"), command, false));
    assertEquals(1, errors.report(new OutOfMemoryError("heap"), command, false));
    List<String> lines = err.toString().lines().toList();
    assertEquals(2, lines.size(), err.toString());
    assertTrue(lines.get(0).contains("internal error") && lines.get(0).contains("--debug"));
    assertTrue(lines.get(1).contains("out of memory") && lines.get(1).contains("-Xmx"));
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    StringWriter err = new StringWriter();
    CommandLine command = Mortal.commandLine().setErr(new PrintWriter(err));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(full))) {
      assertEquals(1, Mortal.run(command.setOut(out), "chips"));
    }
    assertTrue(err.toString().contains("standard output cannot be written"), err.toString());
  }

  @Test
  void measureMvmLeavesARunWithEveryRow() throws IOException {
    JsonNode json =
        Call.of(
                "measure",
                "mvm",
                "--size",
                "48",
                "--batch",
                "4",
                "--json",
                "--threads",
                "1",
                "--runs",
                folder.toString())
            .json();
    assertEquals(6, json.get("rows").size());
    for (JsonNode row : json.get("rows")) {
      assertTrue(row.get("bareMillis").asDouble() > 0);
      assertTrue(row.get("tileMillis").asDouble() > 0);
      assertTrue(row.get("ratioQ1").asDouble() <= row.get("ratio").asDouble());
      assertTrue(row.get("ratio").asDouble() <= row.get("ratioQ3").asDouble());
      boolean byCell = row.get("chip").asText().endsWith("noise by cell");
      assertEquals(byCell ? 2 : 1, row.get("limit").asInt());
      assertEquals(row.get("batch").asInt() == 1 ? 4 : 2.5, row.get("goal").asDouble());
      assertEquals(48, row.get("size").asInt());
    }
    assertEquals(3, json.get("costs").size());
    for (JsonNode cost : json.get("costs")) {
      double parts =
          cost.get("cellJoules").asDouble()
              + cost.get("dacJoules").asDouble()
              + cost.get("adcJoules").asDouble();
      assertEquals(parts, cost.get("analogJoules").asDouble(), 1e-6 * parts);
      assertTrue(cost.get("bytesPerCell").asDouble() > 8);
      double ratio = cost.get("digitalJoules").asDouble() / cost.get("analogJoules").asDouble();
      assertEquals(ratio, cost.get("ratio").asDouble(), 1e-9 * ratio);
    }
    assertTrue(json.get("digital").get(0).get("source").asText().contains("Horowitz"));
    Path run = Path.of(json.get("run").asText());
    assertEquals(7, Files.readAllLines(run.resolve("rows.csv")).size());
    assertTrue(Files.readString(run.resolve("manifest.json")).contains("\"--size\" : \"48\""));
  }
}
