package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Chip;
import org.mortal.sim.SimChip;

/// The projects under `bench/examples`, as somebody would use them who copied one: outside of ours, by a Maven of their own,
/// against the jars that were built, in a local repository that nobody else sees.
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has a Maven wrapper of its own")
class ExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("mortal.root"));
  private static final String VERSION = "0.1.0";

  /// Saves Maven seconds.
  private static final String SHORT_RUN = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /// As the file of a failed chip states it.
  private static final Pattern RUN_AGAIN = Pattern.compile("run again: (mvn test .*)");

  @TempDir Path folder;
  private Path example;

  @BeforeEach
  void installAndCopy() throws Exception {
    Path parent = Files.createDirectories(installed("mortal"));
    Files.copy(ROOT.resolve("pom.xml"), parent.resolve("mortal-%s.pom".formatted(VERSION)));
    install("driver", Chip.class);
    install("sim", SimChip.class);
    example = folder.resolve("a lab");
    copy(ROOT.resolve("bench/examples/chip-ci"), example);
  }

  private Path installed(String artifact) {
    return folder.resolve("repository/org/mortal").resolve(artifact).resolve(VERSION);
  }

  /// Lays a module's jar and project file where `mvn install` would.
  ///
  /// @param known a class of the module
  private void install(String module, Class<?> known) throws IOException, URISyntaxException {
    Path jar = Path.of(known.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(
        Files.isRegularFile(jar), "there is no jar of %s yet: run ./mvnw verify".formatted(module));
    String name = "mortal-" + module;
    Path place = Files.createDirectories(installed(name));
    Files.copy(jar, place.resolve("%s-%s.jar".formatted(name, VERSION)));
    Files.copy(
        ROOT.resolve(module).resolve("pom.xml"),
        place.resolve("%s-%s.pom".formatted(name, VERSION)));
  }

  /// Without what a build there may have left.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path place = from.relativize(file);
        if (!place.startsWith("target")) {
          Files.createDirectories(to.resolve(place).getParent());
          Files.copy(file, to.resolve(place));
        }
      }
    }
  }

  private record Build(int code, String log) {
    void assertTests(int run, int failures, int skipped) {
      assertEquals(failures == 0 ? 0 : 1, code, log);
      String line =
          "Tests run: %d, Failures: %d, Errors: 0, Skipped: %d\n".formatted(run, failures, skipped);
      assertTrue(log.contains(line), () -> line + log);
    }
  }

  /// @param line for a shell, in which `mvn` is ours with our local repository before the user's
  private Build build(String line, Map<String, String> environment) throws Exception {
    Path log = folder.resolve("log");
    String maven =
        "mvn() { '%s' --batch-mode '-Dmaven.repo.local=%s' '-Dmaven.repo.local.tail=%s' \"$@\"; }; "
            .formatted(
                ROOT.resolve("mvnw"),
                folder.resolve("repository"),
                System.getProperty("localRepository"));
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", maven + line);
    builder.environment().remove("MORTAL_CHIP");
    builder.environment().merge("MAVEN_OPTS", SHORT_RUN, (given, ours) -> given + " " + ours);
    builder.environment().putAll(environment);
    builder.directory(example.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), () -> "no end: " + log);
      return new Build(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void chipCi() throws Exception {
    build("mvn test", Map.of()).assertTests(20 + 36 + 1 + 10, 0, 0);

    // What no chip can do is refuted by the first few, here those that the environment names.
    Path tests = example.resolve("src/test/java/lab/ci/ArrayTest.java");
    String text = Files.readString(tests);
    String strict = text.replace("LARGEST_MEAN_ERROR = 0.04;", "LARGEST_MEAN_ERROR = 0.0004;");
    assertTrue(!strict.equals(text), "the limit was not found in " + tests);
    Files.writeString(tests, strict);
    String others = "sim:hfox?seed=101..150&rows=16&columns=16";
    Build broken =
        build("mvn test -Dtest=ArrayTest#cellsAreProgrammed", Map.of("MORTAL_CHIP", others));
    broken.assertTests(4 + 1, 1, 4);
    assertTrue(broken.log().contains("refuted by 4 chips, of which 4 failed"), broken.log());

    // A failing chip is kept as it was, with the command that runs it alone.
    List<Path> kept;
    try (Stream<Path> files = Files.list(example.resolve("target/mortal-chips"))) {
      kept = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    assertEquals(4, kept.size());
    Matcher again = RUN_AGAIN.matcher(Files.readString(kept.get(2)));
    assertTrue(again.find());
    Build one = build(again.group(1), Map.of());
    one.assertTests(1, 1, 0);
    assertTrue(one.log().contains("sim:hfox?seed=103&rows=16&columns=16: cells are off"));
    assertTrue(one.log().contains("run it again: " + again.group(1)));
  }
}
