package org.mortal.bench.data;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One file on its way from one place. The client's threads write it down; the caller's thread
/// watches, tells of the progress, and gives up when nothing arrives any more.
final class Transfer {
  private static final int OK = 200;
  private static final long WATCH_MILLIS = 100;

  private final HttpClient client;
  private final URI source;
  private final Duration stall;
  private final long limit;

  private volatile long arrived;
  private volatile long total = -1;
  private volatile long lastArrival = System.nanoTime();
  private volatile FailedException failure;

  /// Why a transfer failed, in a few words without the source.
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// A transfer to be [#run] once.
  ///
  /// @param client what to ask with
  /// @param source where the file is
  /// @param stall how long nothing may arrive before the transfer is given up
  /// @param limit the greatest length in bytes to accept
  Transfer(HttpClient client, URI source, Duration stall, long limit) {
    this.client = client;
    this.source = source;
    this.stall = stall;
    this.limit = limit;
  }

  /// Fetches the file.
  ///
  /// @param target a file, made or overwritten; it holds part of the file after a failure
  /// @param progress called in this thread
  /// @param name the file's name for `progress`
  /// @throws FailedException if the source does not give the whole file
  /// @throws IOException if `target` cannot be opened
  void run(Path target, MnistDownload.Progress progress, String name)
      throws FailedException, IOException, InterruptedException {
    // Without the request's own time-out: some releases of Java count the whole body in it.
    HttpRequest request = HttpRequest.newBuilder(source).build();
    try (OutputStream out = Files.newOutputStream(target)) {
      CompletableFuture<HttpResponse<Void>> answer =
          client.sendAsync(request, info -> receive(info, out));
      try {
        HttpResponse<Void> response = watch(answer, progress, name);
        if (response.statusCode() != OK) {
          throw new FailedException("HTTP status " + response.statusCode(), null);
        }
      } finally {
        answer.cancel(true);
      }
    }
    progress.update(name, arrived, total);
  }

  private HttpResponse<Void> watch(
      CompletableFuture<HttpResponse<Void>> answer, MnistDownload.Progress progress, String name)
      throws FailedException, InterruptedException {
    while (true) {
      try {
        HttpResponse<Void> response = answer.get(WATCH_MILLIS, TimeUnit.MILLISECONDS);
        requireNoFailure();
        return response;
      } catch (TimeoutException e) {
        requireNoFailure();
        if (System.nanoTime() - lastArrival > stall.toNanos()) {
          throw new FailedException(
              "nothing arrived for %s s, after %d bytes".formatted(stall.toMillis() / 1e3, arrived),
              e);
        }
        progress.update(name, arrived, total);
      } catch (ExecutionException e) {
        throw new FailedException(reason(e.getCause()), e.getCause());
      }
    }
  }

  private BodySubscriber<Void> receive(HttpResponse.ResponseInfo info, OutputStream out) {
    lastArrival = System.nanoTime();
    if (info.statusCode() != OK) {
      return BodySubscribers.replacing(null);
    }
    total = info.headers().firstValueAsLong("Content-Length").orElse(-1);
    return BodySubscribers.ofByteArrayConsumer(
        chunk -> chunk.ifPresent(bytes -> write(bytes, out)));
  }

  /// Runs in the client's threads, one call at a time; a failure is left for the watching thread.
  private void write(byte[] bytes, OutputStream out) {
    if (failure != null) {
      return;
    }
    if (arrived + bytes.length > limit) {
      failure = new FailedException("more than the %d bytes it may have".formatted(limit), null);
      return;
    }
    try {
      out.write(bytes);
      arrived += bytes.length;
      lastArrival = System.nanoTime();
    } catch (IOException e) {
      failure = new FailedException("cannot be written down (%s)".formatted(e.getMessage()), e);
    }
  }

  private void requireNoFailure() throws FailedException {
    if (failure != null) {
      throw failure;
    }
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e -> "no connection in time";
      case ConnectException e -> "no connection (nothing listens there, or no such host)";
      case IOException e -> "broke off (%s)".formatted(e.getMessage());
      default -> cause.toString();
    };
  }
}
