package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `bench/mortal` itself, in a folder as it is given away, with a JDK that only says how it was
/// called.
@Timeout(30)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has a launcher of its own")
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;
  private Path jdk;

  @BeforeEach
  void layOut() throws IOException {
    Path bench = Files.createDirectories(folder.resolve("a place/bench"));
    launcher = bench.resolve("mortal");
    Files.copy(Path.of(System.getProperty("mortal.root"), "bench", "mortal"), launcher);
    for (String module : List.of("bench", "learning", "sim", "driver")) {
      Path target = Files.createDirectories(bench.resolveSibling(module).resolve("target"));
      Files.createFile(target.resolve("mortal-" + module + "-1.jar"));
    }
    Path library = Files.createFile(folder.resolve("library.jar"));
    Files.writeString(bench.resolve("target/classpath.txt"), library.toString());
    jdk = Files.createDirectories(folder.resolve("jdk"));
    Files.createDirectory(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void classesOfTheUserComeLast() throws Exception {
    String jars = classPath(Map.of());
    assertTrue(jars.endsWith("/library.jar"), jars);
    assertTrue(jars.contains("/mortal-bench-1.jar:"), jars);
    String own = "/home/me/my classes:rules.jar";
    assertEquals(jars + ":" + own, classPath(Map.of("MORTAL_CLASSPATH", own)));
    assertEquals(jars, classPath(Map.of("MORTAL_CLASSPATH", "")));
  }

  @Test
  void theProgramIsToldWhereTheProjectIs() throws Exception {
    assertTrue(call(Map.of()).contains("-Dmortal.root=" + folder.resolve("a place").toRealPath()));
  }

  private String classPath(Map<String, String> more) throws Exception {
    List<String> words = call(more);
    int option = words.indexOf("-cp");
    assertEquals(
        List.of("org.mortal.bench.Mortal", "train", "--rule", "my.lab.MyRule"),
        words.subList(option + 2, words.size()));
    return words.get(option + 1);
  }

  private List<String> call(Map<String, String> more) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", launcher.toString(), "train", "--rule", "my.lab.MyRule");
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("MORTAL_JAVA_HOME", jdk.toString());
    builder.environment().remove("MORTAL_CLASSPATH");
    builder.environment().remove("MORTAL_JAVA_OPTS");
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(out));
    return Files.readAllLines(out);
  }
}
