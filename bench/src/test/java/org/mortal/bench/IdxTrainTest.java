package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Data sets in IDX files, named by the call or by the environment.
@Timeout(90)
class IdxTrainTest {
  private static final String DATA = "MORTAL_DATA";

  @TempDir Path folder;

  @Test
  void filesAreNamedByTheCall() throws IOException {
    Path data = IdxSet.write(folder.resolve("data"));
    JsonNode result =
        runs().json("train --task mnist --layers 64,32,4 --epochs 80", "--data", data.toString());
    double error = result.get("testError").asDouble();
    assertTrue(error < 0.1, "which quarter is bright is easy, but the error is " + error);
    JsonNode arguments = Runs.manifest(runs().only()).get("arguments");
    assertEquals(data.toString(), arguments.get("--data").asText());
  }

  @Test
  void weightsAreCopiedToAnotherChip() throws IOException {
    Path data = IdxSet.write(folder.resolve("data"));
    JsonNode result =
        runs()
            .json(
                "train --task mnist --layers 64,32,4 --epochs 80 --data " + data,
                "--chip",
                "sim:ideal?rows=64&columns=64",
                "--copy-to",
                "sim:ideal?rows=64&columns=64&seed=2");
    double learned = result.get("testError").asDouble();
    assertTrue(learned < 0.1, "learned to " + learned);
    assertEquals(learned, result.get("copied").asDouble(), 0.03);
    JsonNode manifest = Runs.manifest(runs().only());
    assertEquals(result.get("copied"), manifest.get("results").get("copied"));
  }

  @Test
  void orByTheEnvironment() throws Exception {
    Path data = IdxSet.write(folder.resolve("data"));
    List<String> args =
        List.of(
            "train",
            "--task",
            "mnist",
            "--layers",
            "64,8,4",
            "--epochs",
            "1",
            "--json",
            "--runs",
            folder.resolve("runs").toString());
    try (Child child = Child.start(folder, Map.of(DATA, data.toString()), args)) {
      assertEquals(0, child.code(), child.errors());
      assertTrue(child.json().get("testError").isNumber());
      JsonNode arguments = Runs.manifest(runs().only()).get("arguments");
      assertEquals(data.toString(), arguments.get("--data").asText());
    }
  }

  @Test
  void theRealMnistIsLearnedInAnEpoch() {
    String data = System.getenv(DATA);
    assumeTrue(
        data != null && !data.isEmpty(), "MORTAL_DATA does not say where the files of MNIST are");
    JsonNode result =
        runs().json("train --task mnist --layers 784,64,10 --epochs 1", "--data", data);
    double error = result.get("testError").asDouble();
    assertTrue(error < 0.12, "error after one epoch is " + error);
  }

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }
}
