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
