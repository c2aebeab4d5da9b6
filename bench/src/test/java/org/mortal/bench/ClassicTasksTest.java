package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The small tasks on which learning without backprop was first shown, by what is default for them.
@Timeout(60)
class ClassicTasksTest {
  @TempDir Path folder;

  private Runs runs() {
    return new Runs(folder.resolve("runs"));
  }

  @Test
  void threeUnitsFindACodeForEightPatterns() {
    JsonNode result = runs().json("train --task encoder");
    assertEquals(0, result.get("testError").asDouble());
  }

  @Test
  void familyTreesLeaveAPictureOfPeople() throws IOException {
    JsonNode result =
        runs().json("train --task family-trees --epochs 2 --rule transposed-backprop");
    assertTrue(Runs.files(Path.of(result.get("run").asText())).contains("people.png"));
    double heldOut = 4 * result.get("testError").asDouble();
    assertEquals(Math.rint(heldOut), heldOut, 1e-9, "of four queries");
  }

  @Test
  void charactersAreScoredInBits() {
    JsonNode result = runs().json("train --task characters --layers 135,32,27 --epochs 2");
    double bits = result.get("testBits").asDouble();
    // Of 27 characters as likely as each other: 4.75.
    assertTrue(bits > 1 && bits < 4.4, "bits " + bits);
  }

  /// Half of what is taught is wrong, and yet less than half of the answers.
  @Test
  void wrongLabelsChangeWhatIsLearnedFrom() {
    String call = "train --layers 784,16,10 --epochs 8";
    JsonNode right = runs().json(call);
    JsonNode wrong = runs().json(call + " --wrong-labels 0.5");
    assertNotEquals(right.get("testError"), wrong.get("testError"));
    assertTrue(wrong.get("testBits").asDouble() > right.get("testBits").asDouble());
    assertTrue(wrong.get("testError").asDouble() < 0.5);
  }
}
