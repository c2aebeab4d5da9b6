package org.mortal.chip.board;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// A TCP connection, as to a serial port server or an emulator.
final class TcpLink implements Link {
  private static final int CONNECT_MILLIS = 3000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String address;
  private final String host;
  private final int port;
  private volatile Socket socket;

  private TcpLink(String address, String host, int port) {
    this.address = address;
    this.host = host;
    this.port = port;
  }

  /// @param address for messages
  /// @throws ChipException if nobody answers there
  static TcpLink open(String address, String host, int port) {
    TcpLink link = new TcpLink(address, host, port);
    try {
      link.reopen();
      return link;
    } catch (Gone e) {
      throw new ChipException(new Fault.NoBoard(address, e.getMessage()));
    }
  }

  @Override
  public void reopen() throws Gone {
    close();
    Socket next = new Socket();
    try {
      InetSocketAddress peer = new InetSocketAddress(host, port);
      if (peer.isUnresolved()) {
        throw new Gone("the host '%s' is not known".formatted(host));
      }
      next.setTcpNoDelay(true);
      next.connect(peer, CONNECT_MILLIS);
      socket = next;
    } catch (IOException e) {
      closeQuietly(next);
      throw new Gone("no connection: " + e.getMessage());
    }
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    try {
      Socket now = open();
      now.setSoTimeout((int) Math.max(1, nanos / NANOS_PER_MILLI));
      int count = now.getInputStream().read(buffer);
      if (count < 0) {
        throw new Gone("the other side has closed the connection");
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      throw new Gone(e.getMessage());
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    try {
      open().getOutputStream().write(bytes, offset, count);
    } catch (IOException e) {
      throw new Gone(e.getMessage());
    }
  }

  private Socket open() throws Gone {
    Socket now = socket;
    if (now == null) {
      throw new Gone("the connection is closed");
    }
    return now;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void close() {
    Socket now = socket;
    socket = null;
    if (now != null) {
      closeQuietly(now);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost with a connection that cannot even be closed.
      System.getLogger(TcpLink.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
    }
  }
}
