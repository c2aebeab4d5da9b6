package org.mortal.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MnistDownloadTest {
  private static final byte[] TEXT = "seven of ten".repeat(500).getBytes(StandardCharsets.UTF_8);
  private static final MnistDownload.Progress SILENT = (file, bytes, total) -> {};

  @TempDir Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Duration stall = Duration.ofSeconds(5);
  private HttpServer server;
  private byte[] packed;
  private List<Content> files;

  @BeforeEach
  void start() throws Exception {
    packed = gzip(TEXT);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT));
    files = List.of(new Content("a.gz", TEXT.length, sum), new Content("b.gz", TEXT.length, sum));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    serve("/good/", exchange -> send(exchange, packed, packed.length));
    serve("/missing/", exchange -> exchange.sendResponseHeaders(404, -1));
    serve("/short/", exchange -> send(exchange, packed, packed.length + 100));
    serve("/endless/", exchange -> send(exchange, new byte[1 << 20], 1 << 20));
    serve("/plain/", exchange -> send(exchange, TEXT, TEXT.length));
    serve(
        "/stalled/",
        exchange -> {
          exchange.sendResponseHeaders(200, packed.length);
          exchange.getResponseBody().write(packed, 0, 10);
          exchange.getResponseBody().flush();
          await();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void fetchesAllFilesThenNothing() throws Exception {
    List<String> told = new ArrayList<>();
    MnistDownload download = download("good");
    download.fetch(
        folder.resolve("new/deep"), (file, bytes, total) -> told.add(file + bytes + "/" + total));

    assertArrayEquals(packed, Files.readAllBytes(folder.resolve("new/deep/a.gz")));
    assertArrayEquals(packed, Files.readAllBytes(folder.resolve("new/deep/b.gz")));
    assertTrue(told.contains("a.gz" + packed.length + "/" + packed.length), told.toString());
    assertEquals(2, requests.get());

    download.fetch(folder.resolve("new/deep"), SILENT);
    assertEquals(2, requests.get(), "nothing should be fetched twice");
  }

  @Test
  void replacesADamagedFileAndKeepsOneThatIsMerelyPackedOtherwise() throws Exception {
    Files.writeString(folder.resolve("a.gz"), "rubbish");
    byte[] otherwise = gzip(TEXT);
    otherwise[9] = 42; // the header's operating system byte, which does not touch the content
    Files.write(folder.resolve("b.gz"), otherwise);

    download("good").fetch(folder, SILENT);

    assertArrayEquals(packed, Files.readAllBytes(folder.resolve("a.gz")));
    assertArrayEquals(otherwise, Files.readAllBytes(folder.resolve("b.gz")));
    assertEquals(1, requests.get());
  }

  @Test
  void goesToTheNextMirror() throws Exception {
    download("missing", "short", "good").fetch(folder, SILENT);
    assertEquals(List.of("a.gz", "b.gz"), names());
  }

  @Test
  void refusesAWrongSum() {
    files = List.of(new Content("a.gz", TEXT.length, "0".repeat(64)));
    assertFailure("content with SHA-256 ", "good");
  }

  @Test
  void refusesAWrongLength() {
    String sum = files.getFirst().sha256();
    files = List.of(new Content("a.gz", TEXT.length + 1, sum));
    assertFailure("only 6000 bytes of content, not 6001", "good");
    files = List.of(new Content("a.gz", TEXT.length - 1, sum));
    assertFailure("more than 5999 bytes of content, not 5999", "good");
  }

  @Test
  void refusesWhatIsNoGzip() {
    assertFailure("no intact gzip file", "plain");
  }

  @Test
  void refusesATruncatedBody() {
    assertFailure("broke off (", "short");
  }

  @Test
  void refusesMoreThanCanBeRight() {
    assertFailure("more than the 7084 bytes it may have", "endless");
  }

  @Test
  void givesUpOnAStalledBody() {
    stall = Duration.ofMillis(300);
    assertFailure("nothing arrived for 0.3 s, after 10 bytes", "stalled");
  }

  @Test
  void namesTheStatusOfEveryMirror() {
    DownloadException e = assertFailure("/missing/: HTTP status 404; http", "missing", "missing");
    assertTrue(e.getMessage().contains("put the file into " + folder), e.getMessage());
  }

  @Test
  void saysThatNothingListens() {
    server.stop(0);
    assertFailure("no connection (", "good");
  }

  @Test
  void leavesTheDamagedFileAloneIfNothingBetterIsToBeHad() throws Exception {
    Files.writeString(folder.resolve("a.gz"), "rubbish");
    assertThrows(DownloadException.class, () -> download("missing").fetch(folder, SILENT));
    assertEquals("rubbish", Files.readString(folder.resolve("a.gz")));
  }

  @Test
  void saysThatTheFolderCannotBeMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    DownloadException e =
        assertThrows(DownloadException.class, () -> download("good").fetch(file, SILENT));
    assertTrue(e.getMessage().startsWith("cannot store MNIST in " + file), e.getMessage());
  }

  @Test
  void canBeInterrupted() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    stall = Duration.ofHours(1);
    Thread fetching =
        Thread.ofPlatform()
            .start(() -> {
              try {
                download("stalled").fetch(folder, (file, bytes, total) -> begun.countDown());
              } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
              }
            });
    assertTrue(begun.await(5, TimeUnit.SECONDS));
    fetching.interrupt();
    fetching.join(5_000);
    assertFalse(fetching.isAlive(), "still fetching");
    assertEquals(InterruptedException.class, thrown.get().getClass());
    assertEquals(List.of(), names());
  }

  @Test
  void refusesMirrorsThatCannotBe() {
    DownloadException none =
        assertThrows(DownloadException.class, () -> new MnistDownload(List.of()));
    assertTrue(none.getMessage().startsWith("no mirror"), none.getMessage());
    for (String bad : List.of("ftp://host/", "mnist", "http:///")) {
      List<URI> mirrors = List.of(URI.create(bad));
      DownloadException e = assertThrows(DownloadException.class, () -> new MnistDownload(mirrors));
      assertTrue(e.getMessage().startsWith("mirror '" + bad + "'"), e.getMessage());
    }
  }

  @Test
  void knowsTheFourFilesOfMnist() {
    assertEquals(4, MnistDownload.files().size());
    for (URI mirror : MnistDownload.defaultMirrors()) {
      assertEquals("https", mirror.getScheme());
    }
  }

  @Test
  void recognisesTheRealFiles() throws Exception {
    String data = System.getenv("MORTAL_DATA");
    assumeTrue(data != null, "the environment variable MORTAL_DATA names no folder of MNIST");
    for (Content file : MnistDownload.files()) {
      Path path = Path.of(data, file.name());
      assumeTrue(Files.exists(path), path + " is not there, perhaps as it is unpacked");
      assertEquals("", file.fault(path), file.name());
    }
  }

  private MnistDownload download(String... places) {
    return new MnistDownload(mirrors(places), files, Duration.ofSeconds(5), stall);
  }

  private List<URI> mirrors(String... places) {
    InetSocketAddress at = server.getAddress();
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    return Stream.of(places)
        .map(place -> URI.create("http://" + host + ":" + at.getPort() + "/" + place + "/"))
        .toList();
  }

  private DownloadException assertFailure(String what, String... places) {
    DownloadException e =
        assertThrows(DownloadException.class, () -> download(places).fetch(folder, SILENT));
    String message = e.getMessage();
    assertTrue(message.startsWith("cannot fetch a.gz: "), message);
    assertTrue(message.contains(what), message);
    assertEquals(1, message.lines().count(), message);
    assertEquals(List.of(), names(), "something was left behind");
    return e;
  }

  private List<String> names() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(String path, HttpHandler answer) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.handle(exchange);
          }
        });
  }

  private static void send(HttpExchange exchange, byte[] body, long announced) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(body);
  }

  private void await() throws IOException {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packer = new GZIPOutputStream(out)) {
      packer.write(content);
    }
    return out.toByteArray();
  }
}
