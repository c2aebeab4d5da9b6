package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.book.BookPlace;
import org.mortal.bench.book.Bookkeeper;
import org.mortal.bench.calibrate.TrueCalibration;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.chip.Chips;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;

/// `--calibration` at commands that open chips.
@Timeout(120)
class CalibrationOptionTest {
  private static final String SHAPE = "&rows=16&columns=24";

  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void place() {
    runs = new Runs(folder.resolve("runs"));
  }

  private static String address(int seed) {
    return "sim:hfox?seed=" + seed + SHAPE;
  }

  private String file(String chip, int arrays, String firmware, String expires) {
    SimChip sim = (SimChip) Chips.open(chip, Kernels.plain());
    Calibration true_ = TrueCalibration.of(sim, arrays, 3);
    Calibration calibration =
        new Calibration(
            true_.chipId(),
            firmware == null ? true_.firmware() : firmware,
            firmware == null ? true_.firmwareHash() : "other",
            true_.rows(),
            true_.columns(),
            true_.target(),
            true_.options(),
            null,
            true_.made(),
            expires == null ? true_.expires() : expires,
            true,
            true_.arrays());
    Path path = folder.resolve("%s-%d-%s-%s.json".formatted(sim.id(), arrays, firmware, expires));
    return CalibrationFile.write(path, calibration).path().toString();
  }

  private String file(String chip, int arrays) {
    return file(chip, arrays, null, null);
  }

  private double error(JsonNode result, SimChip chip, float[] volts) {
    double[][] siemens = chip.truth(0).siemens();
    double sum = 0;
    for (int j = 0; j < 12; j++) {
      double amps = 0;
      for (int i = 0; i < 16; i++) {
        amps += volts[i] * (siemens[i][j] - siemens[i][j + 12]);
      }
      double error = result.get("amps").get(0).get(j).asDouble() - amps;
      sum += error * error;
    }
    return Math.sqrt(sum / 12);
  }

  @Test
  void readsAreCorrectedAndTheManifestSaysByWhat() throws IOException {
    String chip = address(4);
    float[] volts = new float[16];
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      volts[i] = 0.0125f * i;
      line.append(i == 0 ? "" : ",").append(volts[i]);
    }
    Path csv = Files.writeString(folder.resolve("volts.csv"), line + "\n");
    String calibration = file(chip, 1);
    JsonNode raw = runs.json("read " + chip + " --volts " + csv);
    JsonNode corrected =
        runs.json("read " + chip + " --volts " + csv, "--calibration", calibration);
    SimChip truth = (SimChip) Chips.open(chip, Kernels.plain());
    double before = error(raw, truth, volts);
    double after = error(corrected, truth, volts);
    assertTrue(after < before / 2, before + " " + after);
    assertTrue(after < 1e-6, before + " " + after);
    JsonNode marks = Runs.manifest(Path.of(corrected.get("run").asText())).get("calibrations");
    assertEquals(1, marks.size());
    CalibrationFile file = CalibrationFile.read(Path.of(calibration));
    assertEquals(file.id(), marks.get(0).get("id").asText());
    assertEquals(file.sha256(), marks.get(0).get("sha256").asText());
    JsonNode none = Runs.manifest(Path.of(raw.get("run").asText())).get("calibrations");
    assertEquals(0, none.size());
  }

  @Test
  void infoShowsIt() {
    String calibration = file(address(4), 2);
    JsonNode info = runs.json("info " + address(4), "--calibration", calibration);
    assertEquals(2, info.get("calibration").get("arrays").asInt());
    assertEquals(calibration, info.get("calibration").get("mark").get("file").asText());
    assertTrue(runs.json("info " + address(4)).get("calibration").isNull());
    Call text = runs.call("info " + address(4), "--calibration", calibration);
    assertTrue(text.out().contains("of 2 arrays for mvm"), text.out());
    assertEquals("", text.err());
  }

  @Test
  void trainingGoesByItAndARepeatToo() throws IOException {
    String chip = address(4);
    String train = "train --task xor --epochs 2 --chip " + chip;
    String calibration = file(chip, 12);
    JsonNode bare = runs.json(train);
    JsonNode calibrated = runs.json(train, "--calibration", calibration);
    assertNotEquals(Runs.figures(bare), Runs.figures(calibrated));
    Path manifest = Path.of(calibrated.get("run").asText()).resolve("manifest.json");
    JsonNode again = runs.json("train --manifest " + manifest);
    assertTrue(again.get("repeated").asBoolean(), again.toString());
    assertEquals(1, Runs.manifest(Path.of(again.get("run").asText())).get("calibrations").size());
  }

  @Test
  void anotherChipsFileIsRefused() {
    String calibration = file(address(4), 1);
    runs.call("info " + address(5), "--calibration", calibration)
        .refused(1, calibration, "hfox-16x24-4", "hfox-16x24-5");
    runs.call("info sim:hfox?seed=4&rows=16&columns=22", "--calibration", calibration)
        .refused(1, calibration);
    runs.call("info " + address(4), "--calibration", "missing.json").refused(1, "missing.json");
    runs.call("info " + address(4), "--calibration", calibration + "," + calibration)
        .refused(1, "are both of hfox-16x24-4");
  }

  @Test
  void arraysThatItLeavesOutAreRefused() {
    String calibration = file(address(4), 1);
    runs.call("train --task digits --epochs 1 --chip " + address(4), "--calibration", calibration)
        .refused(1, "is not calibrated", "covers 1", "--arrays");
  }

  @Test
  void whatExpiredOrMetOtherFirmwareWarns() {
    String late = file(address(4), 1, null, "2026-01-01T00:00:00Z");
    Call call = runs.call("info " + address(4), "--calibration", late);
    assertEquals(0, call.code());
    assertTrue(call.err().contains("expired at 2026-01-01"), call.err());
    assertEquals(1, call.err().lines().count(), call.err());
    String other = file(address(4), 1, "0.1", null);
    Call changed = runs.call("info " + address(4), "--calibration", other);
    assertEquals(0, changed.code());
    assertTrue(changed.err().contains("firmware '0.1'"), changed.err());
  }

  @Test
  void severalChipsFindTheirOwn() {
    String both = file(address(4), 12) + "," + file(address(5), 12);
    String compare =
        "compare --task xor --epochs 1 --rules local-cross-entropy --chips sim:hfox?seed=4..5"
            + SHAPE;
    Call call = runs.call(compare, "--calibration", both);
    assertEquals(0, call.code(), call.err());
    runs.call(compare, "--calibration", file(address(4), 12)).refused(1, "hfox-16x24-5");
  }

  @Test
  void whereNoChipIsOpenedItIsSaidThatItWasNotUsed() {
    String calibration = file(address(4), 1);
    Call call = runs.call("chips", "--calibration", calibration);
    assertEquals(0, call.code());
    assertTrue(call.err().contains("was not used"), call.err());
    runs.call(
            "emulate --port host --chip " + address(4) + " --link x", "--calibration", calibration)
        .refused(2, "takes no --calibration");
    assertFalse(Files.exists(Path.of("x")));
  }

  @Test
  void theBookComparesTwoOfOneChip() throws IOException {
    String book = folder.resolve("book.db").toString();
    SimChip sim = (SimChip) Chips.open(address(4), Kernels.plain());
    Calibration first = made(TrueCalibration.of(sim, 1, 3), "2026-11-02T10:00:00Z");
    Calibration second = made(TrueCalibration.of(sim, 1, 4), "2026-11-05T10:00:00Z");
    OutputCurve[] outputs = second.arrays().getFirst().outputs();
    OutputCurve was = outputs[7];
    outputs[7] =
        new OutputCurve(
            was.gain() + 0.05,
            was.gainError(),
            was.offsetAmps(),
            was.offsetError(),
            was.saturation(),
            was.fullScaleAmps(),
            was.largestAmps());
    try (Bookkeeper keeper = new Bookkeeper(BookPlace.of(book).orElseThrow(), Assertions::fail)) {
      keeper.watching(Chips::open).open(address(4), Kernels.plain()).close();
      for (Calibration one : List.of(first, second)) {
        Path path = folder.resolve(one.made().substring(0, 10) + ".json");
        keeper.calibrated(CalibrationFile.write(path, one), Map.of("mvmErrorAfter", 0.004));
      }
    }
    String compare = "book compare hfox-16x24-4 --book " + book + " --dates 2026-11-03,2026-11-06";
    JsonNode pair = runs.json(compare).get("calibrations").get(0);
    assertEquals(0.004, pair.get("later").get("quality").get("mvmErrorAfter").asDouble());
    JsonNode gains = pair.get("changes").get(0);
    assertEquals("gain", gains.get("quantity").asText());
    assertEquals(12, gains.get("count").asInt());
    assertEquals(1, gains.get("beyondError").asInt(), pair.toString());
    assertEquals(0.05, gains.get("worst").asDouble(), 0.01);
    assertTrue(runs.call(compare).out().contains("conductance"));
    Files.delete(folder.resolve("2026-11-02.json"));
    JsonNode gone = runs.json(compare).get("calibrations").get(0);
    assertEquals(0, gone.get("changes").size());
    assertTrue(gone.get("note").asText().contains("2026-11-02.json"));
  }

  private static Calibration made(Calibration one, String made) {
    return new Calibration(
        one.chipId(),
        one.firmware(),
        one.firmwareHash(),
        one.rows(),
        one.columns(),
        one.target(),
        one.options(),
        null,
        made,
        one.expires(),
        true,
        one.arrays());
  }
}
