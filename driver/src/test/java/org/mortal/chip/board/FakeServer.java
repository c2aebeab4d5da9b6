package org.mortal.chip.board;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A TCP port that leads to a [FakeBoard], one connection at a time.
final class FakeServer implements AutoCloseable {
  private static final long LOOK_NANOS = 5_000_000;

  private final FakeBoard board;
  private final ServerSocket server;
  private volatile Socket current;

  FakeServer(FakeBoard board) throws IOException {
    this.board = board;
    this.server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread.ofPlatform().daemon().name("fake server").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        current = socket;
        board.reopen();
        Thread.ofPlatform().daemon().start(() -> pump(socket));
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          board.write(buffer, 0, count);
        }
      } catch (IOException | Link.Gone e) {
        // The other side has gone; wait for the next.
        continue;
      }
    }
  }

  private void pump(Socket socket) {
    byte[] buffer = new byte[4096];
    try {
      while (!socket.isClosed()) {
        int count = board.read(buffer, LOOK_NANOS);
        socket.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException | Link.Gone e) {
      // The reading side notices too.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (current != null) {
      current.close();
    }
  }
}
