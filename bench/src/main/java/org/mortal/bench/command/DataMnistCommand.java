package org.mortal.bench.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mortal.bench.data.DownloadException;
import org.mortal.bench.data.MnistDownload;
import org.mortal.bench.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal data mnist --to DIR`.
@Command(
    name = "mnist",
    description =
        "Downloads the four files of MNIST and checks them; files that are there and intact stay.",
    footer = {"", "Example:", "  bench/mortal data mnist --to data"})
public final class DataMnistCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The folder for the files; made if need be.")
  private Path to;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "A folder that holds the files, instead of the known mirrors; may be repeated, and is"
              + " tried in that order.")
  private List<URI> mirrors = new ArrayList<>();

  /// @param fetched files that were not there, or not intact
  record Result(String folder, List<String> fetched) {}

  @Override
  public Integer call() throws InterruptedException {
    MnistDownload download = download();
    List<String> fetched = new ArrayList<>();
    try (FileProgress progress = new FileProgress(fetched)) {
      download.fetch(to, progress);
    }
    return common.finish(
        new Result(to.toString(), List.copyOf(fetched)),
        fetched.isEmpty()
            ? "MNIST is complete in %s already".formatted(to)
            : "MNIST is complete in %s; fetched %s".formatted(to, String.join(", ", fetched)));
  }

  private MnistDownload download() {
    try {
      return new MnistDownload(mirrors.isEmpty() ? MnistDownload.defaultMirrors() : mirrors);
    } catch (DownloadException e) {
      // Before anything is fetched, it can only be the address of a mirror.
      throw common.wrong(e.getMessage());
    }
  }

  /// One bar for each file.
  private static final class FileProgress implements MnistDownload.Progress, AutoCloseable {
    private final List<String> files;
    private Progress bar;

    FileProgress(List<String> files) {
      this.files = files;
    }

    @Override
    public void update(String file, long bytes, long totalBytes) {
      if (files.isEmpty() || !files.getLast().equals(file)) {
        close();
        files.add(file);
        bar = Progress.start(file, totalBytes);
      }
      bar.steps(totalBytes);
      bar.stepTo(bytes);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
