package org.mortal.bench.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A PostgreSQL server of its own for the tests of one process: a new cluster in a temporary folder, on a free port.
public final class PostgresServer {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static PostgresServer running;

  private final int port;
  private int databases;

  private PostgresServer(int port) {
    this.port = port;
  }

  /// A new, empty database; skips the test where PostgreSQL is not installed.
  public static synchronized BookPlace newPlace() throws Exception {
    if (running == null) {
      running = start(programs());
    }
    String name = "book" + ++running.databases;
    try (Connection connection = DriverManager.getConnection(running.url(USER));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new BookPlace.OnServer(running.url(name));
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, database, USER);
  }

  /// The folder of the newest version.
  private static Path programs() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        versions.map(version -> version.resolve("bin")).forEach(found::add);
      }
    }
    found.removeIf(bin -> !Files.isExecutable(bin.resolve("initdb")));
    assumeTrue(!found.isEmpty(), "no PostgreSQL: the Debian package postgresql is missing");
    return found.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static PostgresServer start(Path programs) throws Exception {
    Path folder = Files.createTempDirectory("mortal-postgres");
    if (isRoot()) {
      // The server refuses to run as root.
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    Path data = folder.resolve("data");
    Path log = folder.resolve("log");
    Process made =
        process(
            log,
            programs.resolve("initdb").toString(),
            List.of("-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"));
    assertEquals(0, made.waitFor(), () -> read(log));
    PostgresServer server = new PostgresServer(freePort());
    Process process =
        process(
            log,
            programs.resolve("postgres").toString(),
            List.of(
                "-D",
                data.toString(),
                "-p",
                String.valueOf(server.port),
                "-k",
                "",
                "-F",
                "-c",
                "listen_addresses=127.0.0.1"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
    server.await(process, log);
    return server;
  }

  private static Process process(Path log, String program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
    }
    command.add(program);
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(log.getParent().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await(Process process, Path log) throws SQLException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Connection _ = DriverManager.getConnection(url(USER))) {
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new SQLException("PostgreSQL does not answer: " + read(log), e);
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void stop(Process process, Path folder) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // It lies in a temporary folder.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
