package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mortal.chip.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Fault;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Serial ports, TCP connections and slow lines, with a board behind them that is not a real one.
class LinksTest {
  private static final LinkOptions OPTIONS = new LinkOptions(2000, 2000);

  private final FakeBoard board = new FakeBoard(new FakeArrays(2, 16, 16, 8, 9));
  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
      process.waitFor();
    }
    board.end();
  }

  /// A pseudo-terminal whose other end is the board.
  private Path terminal(FakeServer server) throws IOException, InterruptedException {
    Path path = folder.resolve("port" + processes.size());
    try {
      processes.add(
          new ProcessBuilder(
                  "socat",
                  "pty,rawer,link=" + path,
                  "tcp:127.0.0.1:%d,nodelay".formatted(server.port()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      assumeTrue(false, "serial ports are tried on pseudo-terminals: apt-get install socat");
    }
    for (int i = 0; i < 500 && !Files.exists(path); i++) {
      Thread.sleep(10);
    }
    return path;
  }

  private static ByteBuffer pattern(int size) {
    byte[] bytes = new byte[size];
    new Philox(size).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static void checkPings(Session session) {
    for (int size = 0; size < 400; size += 7) {
      Request ping = new Request(Command.PING, pattern(size), size, 100);
      Reply reply = session.await(session.send(ping, session.epoch()));
      assertEquals(pattern(size), assertInstanceOf(Reply.Done.class, reply).payload());
    }
  }

  @Test
  void aSerialPortCarriesASession() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer(board)) {
      Path path = terminal(server);
      SerialLink link = SerialLink.open("serial:" + path, path.toString(), 921_600);
      try (Session session = Session.open(link, OPTIONS, new Philox(1))) {
        checkPings(session);
        ChipException busy =
            assertRefused(
                () -> SerialLink.open("serial:x", path.toString(), 921_600), "in use by another");
        assertInstanceOf(Fault.NoBoard.class, busy.fault());
      }
    }
  }

  @Test
  void aSerialPortThatComesBackElsewhereIsFoundByItsLink()
      throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer(board)) {
      Path first = terminal(server);
      Path stable = Files.createSymbolicLink(folder.resolve("stable"), first);
      SerialLink link = SerialLink.open("serial:" + stable, stable.toString(), 921_600);
      try (Session session = Session.open(link, OPTIONS, new Philox(1))) {
        checkPings(session);
        processes.getFirst().destroy();
        processes.getFirst().waitFor();
        Path second = terminal(server);
        Files.delete(stable);
        Files.createSymbolicLink(stable, second);
        checkPings(session);
        assertTrue(session.counters().reopens() > 0);
        assertEquals(0, session.counters().restarts());
      }
    }
  }

  @Test
  void aPortThatIsNotThereIsSaidSo() throws IOException {
    Path file = Files.createFile(folder.resolve("ttyS0"));
    assertRefused(() -> open("serial:/tmp/none/ttyS0"), "no such port", "/tmp/none/ttyS0");
    assertRefused(() -> open("serial:" + file), "not a serial port");
    assertRefused(() -> open("serial:" + folder), "not a serial port");
    assertRefused(() -> open("serial:"), "expected a port");
    assertRefused(() -> open("serial:/dev/x?baud=fast"), "baud", "fast");
    assertRefused(() -> open("serial:/dev/x?bits=7"), "unknown parameter 'bits'");
  }

  private static Chip open(String address) {
    return Chips.open(address, Kernels.plain());
  }

  @Test
  void tcpCarriesAChip() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer(board);
        Chip chip = open("tcp:127.0.0.1:%d?reconnect=1000".formatted(server.port()))) {
      assertEquals("fake-1", chip.id());
      assertEquals(2, chip.arrays().size());
    }
    assertRefused(() -> open("tcp:127.0.0.1:1"), "no connection");
    assertRefused(() -> open("tcp:127.0.0.1"), "expected host and port");
    assertRefused(() -> open("tcp:host:port"), "expected host and port");
  }

  @Test
  void aSlowLineTakesTheTimeOfItsBytesAndItsLatency() throws Link.Gone {
    int baud = 100_000;
    long roundTrip = 20_000_000;
    board.echo = true;
    try (ThrottledLink line = new ThrottledLink(board, baud, roundTrip)) {
      byte[] sent = pattern(3000).array();
      byte[] got = new byte[sent.length];
      byte[] buffer = new byte[512];
      long start = System.nanoTime();
      line.write(sent, 0, sent.length);
      int count = 0;
      while (count < sent.length) {
        int read = line.read(buffer, TimeUnit.SECONDS.toNanos(5));
        System.arraycopy(buffer, 0, got, count, read);
        count += read;
      }
      long nanos = System.nanoTime() - start;
      assertEquals(ByteBuffer.wrap(sent), ByteBuffer.wrap(got));
      assertTrue(nanos >= 300_000_000 + roundTrip, nanos + " ns");
      assertEquals(0, line.read(buffer, 1_000_000));
    }
    ThrottledLink closed = new ThrottledLink(board, baud, 0);
    closed.close();
    assertThrows(Link.Gone.class, () -> closed.read(new byte[9], 1_000_000));
  }

  @Test
  void listingBoardsDisturbsNothing() {
    for (Boards.Found found : Boards.list()) {
      assertEquals("serial", ChipAddress.parse(found.address()).scheme());
      assertTrue(!found.description().isBlank());
    }
  }
}
