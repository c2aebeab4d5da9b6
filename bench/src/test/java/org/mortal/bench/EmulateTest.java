package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.bench.emulate.EmulatedPort;

/// A board in a process of its own, used by commands in this one.
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pseudo-terminals")
class EmulateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CHIP = "sim:hfox?seed=4&rows=16&columns=16&arrays=2";

  @TempDir Path folder;

  private Child start(EmulatedPort port) throws IOException {
    assumeTrue(port.missing() == null, port.missing());
    Path output = Files.createDirectories(folder.resolve("output"));
    Child child =
        Child.start(
            output,
            Map.of(),
            List.of(
                "emulate",
                "--port",
                port.name().toLowerCase(Locale.ROOT),
                "--chip",
                CHIP,
                "--link",
                link().toString()));
    Await.until("board", PATIENCE, () -> ready(child) ? true : null);
    return child;
  }

  private Path link() {
    return folder.resolve("board");
  }

  private boolean ready(Child child) {
    assertTrue(child.process().isAlive(), child::errors);
    try {
      return Files.readString(child.out()).startsWith("ready " + link() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void commandsWorkOnTheBoardAsOnTheChip(EmulatedPort port) throws Exception {
    Runs runs = new Runs(folder.resolve("runs"));
    Path volts = folder.resolve("volts.csv");
    Files.writeString(volts, "0.1" + ",0.05".repeat(15) + "\n");
    String address = "serial:" + link();
    try (Child child = start(port)) {
      JsonNode info = Call.of("info", address, "--json").json();
      assertEquals("hfox-16x16-4", info.get("id").asText());
      assertEquals(16, info.get("rows").asInt());
      assertEquals(2, info.get("arrays").asInt());
      assertFalse(info.get("firmware").asText().isBlank());
      assertEquals(0.2, info.get("limits").get("maxReadVolts").asDouble());
      assertTrue(info.get("counters").get("frames_in").asLong() > 0, info.toString());
      JsonNode amps = runs.json("read " + address, "--volts", volts.toString()).get("amps");
      assertEquals(runs.json("read " + CHIP, "--volts", volts.toString()).get("amps"), amps);
      JsonNode tested = runs.json("selftest " + address);
      assertTrue(tested.get("passed").asBoolean(), tested.toString());
      assertTrue(tested.toString().contains("\"name\":\"link\""), tested.toString());
      Call.of("board", address, "--set", "silence_millis=5").refused(2, "--set", "20 to 60000");
      JsonNode board =
          Call.of("board", address, "--set", "board_name=bench-2", "--restart", "--json").json();
      // Without memory for settings a restart is the end of them.
      boolean kept = board.get("kept").asBoolean();
      assertEquals(kept, "bench-2".equals(board.at("/settings/board_name").asText()));
      assertTrue(board.get("restarted").asBoolean());
      child.signal("TERM");
      assertEquals(0, child.code(), child.errors());
      assertFalse(Files.exists(link(), LinkOption.NOFOLLOW_LINKS));
      List<String> said = Files.readAllLines(child.out());
      assertTrue(said.getLast().startsWith("switched off after"), said.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void beingSwitchedOffIsNoFailure(String signal) throws Exception {
    try (Child child = start(EmulatedPort.HOST)) {
      List<ProcessHandle> boards = child.process().descendants().toList();
      child.signal(signal);
      assertEquals(0, child.code(), child.errors());
      assertTrue(boards.stream().noneMatch(ProcessHandle::isAlive), boards.toString());
      assertFalse(Files.exists(link(), LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Test
  void whatIsNoBoardHasNoSettings() {
    Call.of("board").refused(2, "CHIP");
    Call.of("board", CHIP).refused(1, CHIP, "is no board", "serial:PORT");
  }

  @ParameterizedTest
  @EnumSource(EmulatedPort.class)
  void nothingOutlivesTheProgramWhenItIsKilled(EmulatedPort port) throws Exception {
    try (Child child = start(port)) {
      List<ProcessHandle> boards = child.process().descendants().toList();
      assertFalse(boards.isEmpty());
      child.process().destroyForcibly();
      Await.until(
          "end of the board's processes",
          PATIENCE,
          () -> boards.stream().noneMatch(ProcessHandle::isAlive) ? true : null);
      assertFalse(Files.exists(link(), LinkOption.NOFOLLOW_LINKS));
    }
  }

  /// Programs with so many reads that it takes as long as the test needs.
  @Test
  void programmingIsStoppedByCtrlCAndWhatTheCellsHaveIsKept() throws Exception {
    Path targets = folder.resolve("targets.csv");
    Files.writeString(targets, ("5e-5" + ",5e-5".repeat(15) + "\n").repeat(16));
    Path runs = folder.resolve("runs");
    Path output = Files.createDirectories(folder.resolve("programming"));
    List<String> args =
        List.of(
            "program",
            "serial:" + link(),
            "--target",
            targets.toString(),
            "--reads",
            "1000",
            "--json",
            "--runs",
            runs.toString());
    try (Child _ = start(EmulatedPort.HOST);
        Child programming = Child.start(output, Map.of(), args)) {
      Await.until("run", PATIENCE, () -> Files.isDirectory(runs) ? true : null);
      programming.signal("INT");
      assertEquals(130, programming.code(), programming.errors());
      assertFalse(programming.errors().contains("the port"), programming.errors());
      JsonNode json = programming.json();
      assertTrue(json.get("interrupted").asBoolean(), json.toString());
      assertTrue(json.get("rmseSiemens").asDouble() > 0, json.toString());
      assertTrue(json.get("pulsesPerCell").isNull(), json.toString());
      Path kept = Path.of(json.get("run").asText());
      assertEquals(1 + 256, Files.readAllLines(kept.resolve("outcomes.csv")).size());
      assertTrue(Files.exists(kept.resolve("conductances.png")));
      assertTrue(Runs.manifest(kept).get("interrupted").asBoolean());
      // The stop does not outlast the program.
      Path volts = folder.resolve("volts.csv");
      Files.writeString(volts, "0.1" + ",0.05".repeat(15) + "\n");
      new Runs(runs).json("read serial:" + link(), "--volts", volts.toString());
    }
  }

  @Test
  void callsThatMakeNoSenseAreRefused() {
    Call.of("emulate").refused(2, "--link");
    Call.of("emulate", "--link", "x", "--port", "z80").refused(2, "--port", "'z80'");
    Call.of("emulate", "--link", "x", "--chip", "sim:none").refused(2, "unknown profile 'none'");
  }

  @Test
  void aPlaceThatIsTakenIsRefused() throws IOException {
    assumeTrue(EmulatedPort.HOST.missing() == null, EmulatedPort.HOST.missing());
    Files.createFile(link());
    Call.of("emulate", "--chip", CHIP, "--link", link().toString())
        .refused(1, link().toString(), "is there already");
  }

  @Test
  void whatIsMissingIsNamedWithItsMend() throws Exception {
    Path output = Files.createDirectories(folder.resolve("output"));
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder.toString());
    List<String> args =
        List.of("emulate", "--port", "stm32f405", "--chip", CHIP, "--link", link().toString());
    try (Child child = Child.start(output, environment, args)) {
      assertEquals(1, child.code(), child.errors());
      String error = child.errors().lines().filter(line -> line.startsWith("mortal")).toList() + "";
      assertTrue(error.contains("apt-get install qemu-system-arm"), child.errors());
    }
  }
}
