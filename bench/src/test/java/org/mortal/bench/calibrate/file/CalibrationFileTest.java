package org.mortal.bench.calibrate.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.calibrate.TrueCalibration;
import org.mortal.bench.run.RunException;
import org.mortal.chip.Chips;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;

class CalibrationFileTest {
  @TempDir Path folder;

  private final Calibration calibration =
      TrueCalibration.of(
          (SimChip) Chips.open("sim:hfox?seed=5&rows=12&columns=10", Kernels.plain()), 2, 1);

  private String refusal(Path file) {
    RunException error = assertThrows(RunException.class, () -> CalibrationFile.read(file));
    assertFalse(error.getMessage().contains("\n"));
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    return error.getMessage();
  }

  @Test
  void comesBackBitForBit() throws IOException {
    Path path = folder.resolve("a.json");
    CalibrationFile written = CalibrationFile.write(path, calibration);
    CalibrationFile read = CalibrationFile.read(path);
    assertEquals(written.sha256(), read.sha256());
    CellMap then = calibration.arrays().get(1).cells();
    CellMap now = read.calibration().arrays().get(1).cells();
    for (int r = 0; r < 12; r++) {
      assertArrayEquals(then.siemens()[r], now.siemens()[r]);
      assertArrayEquals(then.stuck()[r], now.stuck()[r]);
    }
    assertArrayEquals(
        calibration.arrays().getFirst().outputs(),
        read.calibration().arrays().getFirst().outputs());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    // Written another way, it says the same.
    ObjectMapper mapper = new ObjectMapper();
    Files.writeString(path, mapper.readTree(path.toFile()).toPrettyString());
    assertEquals(written.sha256(), CalibrationFile.read(path).sha256());
  }

  @Test
  void anyDamageIsSeen() throws IOException {
    Path path = folder.resolve("a.json");
    CalibrationFile.write(path, calibration);
    byte[] whole = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(7));
      Files.write(path, damaged);
      refusal(path);
    }
    Files.write(path, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal(path).contains("damaged"));
    String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
    Files.writeString(path, text.replace("\"target\":\"mvm\"", "\"target\":\"adc\""));
    assertTrue(refusal(path).contains("changed by hand"));
  }

  @Test
  void otherFilesAreRefusedByName() throws IOException {
    Path path = folder.resolve("a.json");
    assertTrue(refusal(path).contains("no such file"));
    Files.writeString(path, "{\"format\":\"mortal-calibration\",\"version\":2}");
    assertTrue(refusal(path).contains("format 2"));
    for (String other : new String[] {"{}", "[]", "3"}) {
      Files.writeString(path, other);
      assertTrue(refusal(path).contains("no calibration"), other);
    }
    for (String other : new String[] {"", "rows,columns"}) {
      Files.writeString(path, other);
      refusal(path);
    }
  }

  @Test
  void numbersThatAreNoneAreNotKept() {
    Path path = folder.resolve("a.json");
    calibration.arrays().getFirst().heldOutAmps()[2] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> CalibrationFile.write(path, calibration));
    calibration.arrays().getFirst().heldOutAmps()[2] = 0;
    calibration.arrays().get(1).cells().noiseSiemens()[3][3] = Float.POSITIVE_INFINITY;
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> CalibrationFile.write(path, calibration));
    assertTrue(error.getMessage().contains("noiseSiemens"), error.getMessage());
    assertFalse(Files.exists(path));
  }
}
