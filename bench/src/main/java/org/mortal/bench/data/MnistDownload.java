package org.mortal.bench.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Fetches the four files of MNIST and checks them.
///
/// A file counts as MNIST's if its unpacked content has the known SHA-256. A file that does is
/// never fetched again, and one that does not is never left under its final name: what is fetched
/// goes to a temporary file beside the target, which is moved there in one step once it is checked.
///
/// An instance may be used more than once, by one thread at a time.
public final class MnistDownload {
  private static final List<URI> DEFAULT_MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  private static final List<Content> FILES =
      List.of(
          new Content(
              "train-images-idx3-ubyte.gz",
              47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new Content(
              "train-labels-idx1-ubyte.gz",
              60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new Content(
              "t10k-images-idx3-ubyte.gz",
              7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new Content(
              "t10k-labels-idx1-ubyte.gz",
              10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration STALL = Duration.ofSeconds(30);

  private final List<URI> mirrors;
  private final List<Content> files;
  private final Duration connect;
  private final Duration stall;

  /// Told how far a file is.
  @FunctionalInterface
  public interface Progress {
    /// Called a few times a second while a file arrives and once when it is complete, always in the
    /// thread that called [MnistDownload#fetch].
    ///
    /// @param file the file's name
    /// @param bytes how much has arrived; may start anew when another mirror is tried
    /// @param totalBytes how much there will be, or -1 if the mirror does not say
    void update(String file, long bytes, long totalBytes);
  }

  /// A download from mirrors of one's own.
  ///
  /// @param mirrors the folders that hold the four `.gz` files, http or https, in the order to try;
  ///     not empty
  /// @throws DownloadException if there is no mirror, or one is no http or https address
  public MnistDownload(List<URI> mirrors) {
    this(mirrors, FILES, CONNECT, STALL);
  }

  /// A download of other files with other limits, for tests.
  MnistDownload(List<URI> mirrors, List<Content> files, Duration connect, Duration stall) {
    if (mirrors.isEmpty()) {
      throw new DownloadException("no mirror to download from: give at least one", null);
    }
    for (URI mirror : mirrors) {
      if (!SCHEMES.contains(String.valueOf(mirror.getScheme())) || mirror.getHost() == null) {
        throw new DownloadException(
            "mirror '%s' is no http or https address: give one like %s"
                .formatted(mirror, DEFAULT_MIRRORS.getFirst()),
            null);
      }
    }
    this.mirrors = List.copyOf(mirrors);
    this.files = List.copyOf(files);
    this.connect = connect;
    this.stall = stall;
  }

  /// The mirrors that are known to hold MNIST.
  ///
  /// @return https folders, the one to try first at the front, unmodifiable
  public static List<URI> defaultMirrors() {
    return DEFAULT_MIRRORS;
  }

  /// What the four files must hold.
  static List<Content> files() {
    return FILES;
  }

  /// Fetches what is missing or damaged. Files from an earlier call that are intact stay untouched,
  /// so a call that failed can simply be repeated.
  ///
  /// @param to the folder for the files; made if need be
  /// @param progress told of every file that is fetched
  /// @throws DownloadException if all mirrors fail for a file, or the folder cannot be written to
  /// @throws InterruptedException if the thread is interrupted; no partial file remains
  public void fetch(Path to, Progress progress) throws InterruptedException {
    try (HttpClient client = client()) {
      try {
        Files.createDirectories(to);
        for (Content file : files) {
          if (!isPresent(to.resolve(file.name()), file)) {
            fetch(client, file, to, progress);
          }
        }
      } catch (IOException e) {
        throw new DownloadException(
            "cannot store MNIST in %s (%s): check the folder, its rights and the free space"
                .formatted(to, e),
            e);
      } finally {
        // Closing alone would wait for a request that was given up to end by itself.
        client.shutdownNow();
      }
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(connect)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  private static boolean isPresent(Path path, Content file) throws IOException {
    try {
      return file.fault(path).isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void fetch(HttpClient client, Content file, Path to, Progress progress)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    Throwable last = null;
    // Not createTempFile, whose rights would keep other users from reading a shared folder.
    Path partial = to.resolve("%s.%d.part".formatted(file.name(), ProcessHandle.current().pid()));
    try {
      for (URI mirror : mirrors) {
        try {
          Transfer transfer = new Transfer(client, source(mirror, file), stall, limit(file));
          transfer.run(partial, progress, file.name());
          String fault = file.fault(partial);
          if (fault.isEmpty()) {
            Files.move(partial, to.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
            return;
          }
          failures.add("%s sent %s".formatted(mirror, fault));
        } catch (Transfer.FailedException e) {
          failures.add("%s: %s".formatted(mirror, e.getMessage()));
          last = e;
        }
      }
    } finally {
      Files.deleteIfExists(partial);
    }
    throw new DownloadException(
        ("cannot fetch %s: %s; check the network and the proxy (-Dhttps.proxyHost=HOST),"
                + " or put the file into %s by hand")
            .formatted(file.name(), String.join("; ", failures), to),
        last);
  }

  private static URI source(URI mirror, Content file) {
    String folder = mirror.toString();
    return URI.create(folder.endsWith("/") ? folder + file.name() : folder + "/" + file.name());
  }

  /// Deflate never lengthens data by more than a trifle: what is longer than this is something
  /// else.
  private static long limit(Content file) {
    return file.bytes() + file.bytes() / 100 + 1024;
  }
}
