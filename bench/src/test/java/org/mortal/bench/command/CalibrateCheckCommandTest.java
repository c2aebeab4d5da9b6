package org.mortal.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.calibrate.TrueCalibration;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.chip.Chips;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;
import picocli.CommandLine;

class CalibrateCheckCommandTest {
  private static final String CHIP = "sim:hfox?seed=4&rows=16&columns=24";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  private final Calibration calibration =
      TrueCalibration.of((SimChip) Chips.open(CHIP, Kernels.plain()), 2, 3);

  private int check(String... more) {
    Path file = CalibrationFile.write(folder.resolve("chip.json"), calibration).path();
    CommandLine command = new CommandLine(new CalibrateCheckCommand());
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(out));
    String[] args = {
      CHIP, "--calibration", file.toString(), "--threads", "1", "--book", "none", "--runs"
    };
    CommandLine.ParseResult parsed =
        command.parseArgs(
            Stream.of(
                    Arrays.stream(args),
                    Stream.of(folder.resolve("runs").toString()),
                    Arrays.stream(more))
                .flatMap(all -> all)
                .toArray(String[]::new));
    return CommonOptions.execute(parsed);
  }

  @Test
  void oneThatHoldsPasses() throws IOException {
    assertEquals(0, check("--json"), out::toString);
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertTrue(result.get("passed").asBoolean());
    assertEquals(2 * 10, result.get("checks").size());
    assertEquals(1, result.get("unchecked").size());
    Path run = Path.of(result.get("run").asText());
    assertEquals(21, Files.readAllLines(run.resolve("checks.csv")).size());
    JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    assertEquals(result.get("calibration"), manifest.get("calibrations").get(0).get("id"));
    assertFalse(manifest.get("interrupted").asBoolean());
  }

  @Test
  void oneThatDoesNotIsNamed() {
    OutputCurve[] outputs = calibration.arrays().get(1).outputs();
    OutputCurve was = outputs[5];
    outputs[5] =
        new OutputCurve(
            1.1 * was.gain(),
            was.gainError(),
            was.offsetAmps(),
            was.offsetError(),
            was.saturation(),
            was.fullScaleAmps(),
            was.largestAmps());
    assertEquals(1, check());
    String text = out.toString();
    assertTrue(
        text.lines().anyMatch(line -> line.matches("FAILED array 1 +gain .*output 5,.*")), text);
    assertTrue(text.contains("does not hold"), text);
  }
}
