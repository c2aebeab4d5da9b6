package org.mortal.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("--task", "digits");
    arguments.put("--rule", "spsa");
    arguments.put("--chip", "sim:hfox?seed=1");
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("testError", 0.0213);
    results.put("queries", 1_000_000);
    RunManifest manifest =
        RunManifest.start("train", arguments)
            .withSeed(7)
            .withRig("sim:hfox?seed=1", "hfox-256x256-1", "OpenBLAS")
            .finished(12.5, results, true);
    RunManifest read = RunManifest.read(RunFolder.create(folder, "train").write(manifest));
    assertEquals(manifest, read);
    assertEquals(List.of("--task", "--rule", "--chip"), List.copyOf(read.arguments().keySet()));
    assertEquals(7L, read.seed());
    assertTrue(read.interrupted());
    assertTrue(read.cores() > 0);
    assertFalse(read.java().isBlank());
    String commit = read.commit();
    assertTrue(commit == null || commit.matches("[0-9a-f]{40}(-dirty)?"), commit);
  }

  @Test
  void figuresThatJsonCannotSayAreNull() throws IOException {
    RunManifest manifest =
        RunManifest.start("train", Map.of())
            .finished(1, Map.of("error", Double.NaN, "bound", Double.POSITIVE_INFINITY), false);
    RunManifest read = RunManifest.read(RunFolder.create(folder, "train").write(manifest));
    assertNull(read.results().get("error"));
    assertTrue(read.results().containsKey("bound"));
  }

  @Test
  void damagedManifestsAreRefusedInOneLine() throws IOException {
    Path file = folder.resolve("manifest.json");
    assertRefused(file, "no such file");
    RunManifest manifest = RunManifest.start("train", Map.of("--task", "digits"));
    String whole = manifest.toJson();
    for (String damaged :
        List.of(
            "",
            "null",
            "{",
            "[]",
            "{}",
            "seven",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"train\"", "null"),
            whole.replace("\"cores\" : ", "\"cores\" : \"many\" + "),
            whole.replace("\"seconds\" : 0.0", "\"seconds\" : \"long\""))) {
      Files.writeString(file, damaged);
      assertRefused(file, "is no manifest");
    }
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertRefused(file, "UTF-8");
  }

  private static void assertRefused(Path file, String part) {
    String message = assertThrows(RunException.class, () -> RunManifest.read(file)).getMessage();
    assertTrue(message.contains(part), message);
    assertTrue(message.contains(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
  }
}
