package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.bench.characterise.Kind;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.bench.emulate.Firmware;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.kernel.Kernels;

/// What a lab does with a board, command by command, and what each says of its link.
@Timeout(120)
class BoardFlowTest {
  private static final String CHIP = "sim:hfox-lab?seed=5&rows=8&columns=8&arrays=1";

  /// Greetings that are asked for twice, signs of life: what the estimate of a plan leaves out.
  private static final long SLACK_BYTES = 2000;

  /// The longest frame and the reply to it: what a command that is sent again may cost.
  private static final long RETRY_BYTES = 2 * (2048 + 30);

  /// The commands on one board, in any order.
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Flow {
    @TempDir static Path folder;
    private Runs runs;
    private Path volts;
    private Path targets;

    /// The board's address, once it is switched on.
    abstract String address();

    /// Whether there are bytes to count.
    boolean linked() {
      return true;
    }

    @BeforeAll
    void writeFiles() throws IOException {
      runs = new Runs(folder.resolve("runs"));
      volts = Files.writeString(folder.resolve("volts.csv"), "0.1,0.05,0,0.2,0,0,0.1,0\n");
      targets = folder.resolve("targets.csv");
      Files.writeString(targets, "2e-5,4e-5,6e-5,3e-5,2e-5,4e-5,6e-5,3e-5\n".repeat(8));
    }

    /// The result of a command, which says what went over the link, as its manifest does.
    final JsonNode json(String command, String... more) throws IOException {
      JsonNode json = runs.json(command, more);
      assertEquals(linked(), json.has("link"), json.toString());
      if (linked()) {
        assertTrue(json.at("/link/bytesOut").asLong() > 0, json.toString());
        assertTrue(json.at("/link/bytesIn").asLong() > 0, json.toString());
        assertTrue(json.at("/link/frames").asLong() > 3, json.toString());
        assertTrue(json.at("/link/retries").asLong() >= 0, json.toString());
        assertTrue(json.at("/link/seconds").asDouble() > 0, json.toString());
      }
      if (json.has("run")) {
        JsonNode kept = Runs.manifest(Path.of(json.get("run").asText())).at("/results/link");
        assertEquals(linked(), kept.has("bytesIn"), kept.toString());
        assertTrue(kept.path("bytesIn").asLong() <= json.at("/link/bytesIn").asLong());
      }
      return json;
    }

    @Test
    void info() throws IOException {
      JsonNode json = json("info " + address());
      assertEquals(8, json.get("rows").asInt());
      assertEquals(linked(), runs.call("info " + address()).out().contains("\nlink: "));
    }

    @Test
    void read() throws IOException {
      JsonNode amps = json("read " + address(), "--volts", volts.toString()).get("amps");
      assertEquals(1, amps.size());
    }

    @Test
    void selftest() throws IOException {
      JsonNode json = json("selftest " + address() + " --array 0");
      assertTrue(json.get("passed").asBoolean(), json.toString());
      assertEquals(linked(), json.get("checks").toString().contains("\"name\":\"link\""));
    }

    @Test
    void program() throws IOException {
      JsonNode json = json("program " + address(), "--target", targets.toString());
      assertTrue(json.get("success").asDouble() > 0.9, json.toString());
      assertTrue(json.get("rmseSiemens").asDouble() < 10e-6, json.toString());
    }

    @Test
    void calibrateCheckAndTwin() throws IOException {
      String file = folder.resolve("calibration.json").toString();
      JsonNode made = json("calibrate " + address() + " --reads 16 --out " + file);
      assertTrue(made.get("truth").isNull(), made.toString());
      assertTrue(made.get("success").asDouble() > 0.7, made.toString());
      JsonNode amps =
          json("read " + address(), "--volts", volts.toString(), "--calibration", file).get("amps");
      assertEquals(1, amps.size());
      if (linked()) {
        // The library's own model has no noise, and so no errors to judge by.
        json("calibrate check " + address() + " --calibration " + file);
      }
      String twin = folder.resolve("twin.json").toString();
      JsonNode same =
          json("twin " + address() + " --wait 1 --calibration " + file + " --out " + twin);
      assertTrue(same.get("fidelity").asDouble() < 1.5, same.toString());
      assertEquals(
          1, runs.json("read sim:" + twin, "--volts", volts.toString()).get("amps").size());
    }

    @Test
    void aRecordedSessionIsPlayedAgain() {
      String session = folder.resolve("session.jsonl").toString();
      String command =
          "characterise %s pulse --pulses 50 --cycles 1 --interval 0.01 --cells 0-3,1-2";
      JsonNode recorded = runs.json("record " + session + " " + command.formatted(address()));
      JsonNode again = runs.json(command.formatted("replay:" + session));
      assertEquals(recorded.get("windowSiemens"), again.get("windowSiemens"));
      assertEquals(recorded.get("counted"), again.get("counted"));
    }

    @ParameterizedTest
    @EnumSource
    void characterise(Kind kind) throws IOException {
      String command = "characterise %s %s%s".formatted(address(), kind, few(kind));
      JsonNode dry = json(command + " --dry-run");
      JsonNode json = json(command);
      assertFalse(json.get("interrupted").asBoolean());
      assertEquals(dry.get("plan"), json.get("plan"));
      assertEquals(dry.get("points"), json.get("points"));
      assertEquals(dry.at("/plan/vectors").asLong(), json.at("/counted/arrayReads").asLong());
      if (!json.at("/plan/atMost").asBoolean()) {
        assertEquals(dry.at("/plan/pulses").asLong(), json.at("/counted/pulses").asLong());
      }
      if (linked()) {
        checkBytes(json.get("plan"), json.get("link"));
      }
    }

    private static void checkBytes(JsonNode plan, JsonNode link) {
      long estimate = plan.get("linkBytes").asLong();
      long counted = link.get("bytesOut").asLong() + link.get("bytesIn").asLong();
      long repeated = RETRY_BYTES * link.get("retries").asLong();
      assertTrue(plan.get("atMost").asBoolean() || counted >= estimate, plan + " " + link);
      assertTrue(counted <= 1.01 * estimate + SLACK_BYTES + repeated, plan + " " + link);
    }

    private static String few(Kind kind) {
      return switch (kind) {
        case MAP -> " --cells all";
        case NOISE -> " --reads 64";
        case IV -> " --points 4 --reads 4";
        case PULSE -> " --pulses 25 --cycles 1";
        case RETENTION, RELAXATION -> " --times 0.01,0.02";
        case ENDURANCE -> " --cycles 3";
        case THRESHOLDS, FORMING -> " --points 5";
      };
    }
  }

  /// Firmware in a process of its own, at a serial line.
  abstract static class Emulated extends Flow {
    private final EmulatedPort port;
    private Chip chip;
    private EmulatedBoard board;

    Emulated(EmulatedPort port) {
      this.port = port;
    }

    @BeforeAll
    void switchOn() {
      assumeTrue(port.missing() == null, port.missing());
      Kernels kernels = Kernels.select(1);
      chip = Chips.open(CHIP, kernels);
      board = EmulatedBoard.start(port, chip, folder.resolve("board"));
      board.waitUntilReady(Duration.ofSeconds(30), kernels);
    }

    @AfterAll
    void switchOff() {
      if (board != null) {
        board.close();
        chip.close();
      }
    }

    @Override
    String address() {
      return board.address();
    }
  }

  @Nested
  class OnTheHost extends Emulated {
    OnTheHost() {
      super(EmulatedPort.HOST);
    }
  }

  @Nested
  class OnTheMicrocontroller extends Emulated {
    OnTheMicrocontroller() {
      super(EmulatedPort.STM32F405);
    }
  }

  /// Firmware in this process, over its own model.
  @Nested
  class InALibrary extends Flow {
    @BeforeAll
    void require() {
      assumeTrue(Firmware.missing() == null, Firmware.missing());
    }

    @Override
    String address() {
      return "lib:%s?rows=8&columns=8&arrays=1".formatted(Firmware.library());
    }

    @Override
    boolean linked() {
      return false;
    }
  }
}
