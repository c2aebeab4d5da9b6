package org.mortal.chip.board;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A board and the cable to it, in memory: the board's side of PROTOCOL.md, over [FakeArrays].
///
/// It can be restarted and unplugged at any moment, holds the host to its credits, and keeps count of what it was told.
final class FakeBoard implements Link {
  static final int PAYLOAD_MAX = 512;
  static final int WINDOW_FRAMES = 8;
  static final int WINDOW_BYTES = 2400;
  static final int REPLY_BYTES = 2400;
  private static final byte[] END = {};

  /// A reply that may be asked for again, and what it takes of the credits.
  private record Cached(byte[] wire, int credit) {}

  final FakeArrays arrays;
  private final int schema;
  private final int version;
  private final BlockingQueue<byte[]> toBoard = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> toHost = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private final Map<Integer, Cached> replies = new LinkedHashMap<>();
  private final Thread thread;

  /// Changed by tests while the board runs.
  volatile boolean plugged = true;

  volatile boolean mute;
  volatile boolean echo;
  volatile long nanosPerCommand;
  volatile int overflows;
  volatile int executed;
  volatile int repeats;
  volatile int greetings;
  volatile boolean silentReply;

  /// The board restarts after it has carried out so many PULSE from now on, before it answers the last.
  volatile int pulsesToRestart;

  private volatile int nonce = 1000;
  private volatile int restartTo;
  private volatile boolean stopped;
  private volatile boolean closed;

  private int session;
  private int next;
  private boolean gapTold;
  private byte[] leftover = END;

  FakeBoard(FakeArrays arrays) {
    this(arrays, CommandList.DRIVER.schema(), Version.DRIVER.packed());
  }

  FakeBoard(FakeArrays arrays, int schema, int version) {
    this.arrays = arrays;
    this.schema = schema;
    this.version = version;
    this.thread = Thread.ofPlatform().daemon().name("fake board").start(this::run);
  }

  /// Restarts the board in the middle of what it does; what it was told is forgotten, the cells keep their state.
  void restart() {
    restartTo = nonce + 1;
  }

  int nonce() {
    return nonce;
  }

  boolean isStopped() {
    return stopped;
  }

  // --- the cable
  // ------------------------------------------------------------------------------------------------------

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    checkPlugged();
    byte[] bytes = leftover;
    try {
      if (bytes.length == 0) {
        bytes = toHost.poll(nanos, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (bytes == null || bytes.length == 0) {
      checkPlugged();
      return 0;
    }
    int count = Math.min(bytes.length, buffer.length);
    System.arraycopy(bytes, 0, buffer, 0, count);
    leftover = Arrays.copyOfRange(bytes, count, bytes.length);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    checkPlugged();
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + count);
    (echo ? toHost : toBoard).add(copy);
  }

  private void checkPlugged() throws Gone {
    if (!plugged) {
      throw new Gone("unplugged");
    }
  }

  @Override
  public void reopen() throws Gone {
    checkPlugged();
    toHost.clear();
    leftover = END;
  }

  @Override
  public String address() {
    return "fake:board";
  }

  @Override
  public void close() {
    // The board goes on without its host.
  }

  void end() throws InterruptedException {
    closed = true;
    thread.join();
  }

  private void send(int type, int sequence, int flags, byte[] payload) {
    if (!mute && plugged) {
      toHost.add(FakeWire.frame(schema, session ^ nonce, type, sequence, next - 1, flags, payload));
    }
  }

  // --- the board
  // ------------------------------------------------------------------------------------------------------

  private void run() {
    while (!closed) {
      if (restartTo != 0) {
        start();
      }
      take(queue.isEmpty() ? 1 : 0);
      if (!queue.isEmpty() && restartTo == 0) {
        execute(queue.peek());
      }
    }
  }

  private void start() {
    nonce = restartTo;
    restartTo = 0;
    session = 0;
    stopped = false;
    forget();
    arrays.endTrain();
    frame.reset();
    send(2, 0, 0, greeting());
  }

  private void forget() {
    queue.clear();
    replies.clear();
    next = 1;
    gapTold = false;
  }

  /// Takes what has come; waits at most `millis`.
  private void take(long millis) {
    try {
      byte[] bytes = millis == 0 ? toBoard.poll() : toBoard.poll(millis, TimeUnit.MILLISECONDS);
      while (bytes != null) {
        for (byte one : bytes) {
          if (one != 0) {
            frame.write(one);
          } else if (frame.size() > 0) {
            byte[] body = FakeWire.unstuff(frame.toByteArray());
            frame.reset();
            if (body != null && FakeWire.crcFits(schema, session ^ nonce, body)) {
              hear(body);
            }
          }
        }
        bytes = toBoard.poll();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void hear(byte[] body) {
    ByteBuffer head = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    int type = body[1] & 0xFF;
    int sequence = head.getShort(2) & 0xFFFF;
    switch (type) {
      case 1 -> hello(FakeWire.payload(body));
      case 3 -> stop();
      case 11 -> {}
      default -> {
        if (type >= 16) {
          replies.keySet().removeIf(one -> (short) (one - head.getShort(4)) <= 0);
          command(sequence, body);
        }
      }
    }
  }

  private void hello(ByteBuffer payload) {
    boolean ours = payload.getInt(4) == schema;
    if (ours && payload.getInt(8) != session) {
      session = payload.getInt(8);
      forget();
      arrays.endTrain();
    }
    send(2, 0, 0, greeting());
    greetings++;
  }

  private void stop() {
    stopped = true;
    ByteBuffer payload = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(session);
    send(4, 0, 0, payload.array());
  }

  private void command(int sequence, byte[] body) {
    int distance = (short) (sequence - next);
    if (distance > 0) {
      if (!gapTold) {
        gapTold = true;
        send(8, 0, 0, new byte[] {(byte) next, (byte) (next >> 8)});
      }
    } else if (distance < 0) {
      repeats++;
      Cached reply = replies.get(sequence);
      if (reply != null && !mute) {
        toHost.add(reply.wire());
      }
    } else if (fits(body)) {
      next = (next + 1) & 0xFFFF;
      gapTold = false;
      queue.add(body);
    } else {
      overflows++;
    }
  }

  private boolean fits(byte[] body) {
    int bytes = queue.stream().mapToInt(one -> one.length + 2).sum() + body.length + 2;
    return bytes <= WINDOW_BYTES && queue.size() + replies.size() < WINDOW_FRAMES;
  }

  private void execute(byte[] body) {
    int type = body[1] & 0xFF;
    int sequence = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getShort(2) & 0xFFFF;
    if (nanosPerCommand > 0) {
      LockSupport.parkNanos(nanosPerCommand);
      take(0);
    }
    boolean harmless = type == 16 || type == 21 || type == 24 || type == 25;
    ByteBuffer reply;
    boolean fault = false;
    if (stopped && !harmless) {
      fault = true;
      reply = arrays.fault(4);
    } else {
      reply = arrays.carryOut(type, FakeWire.payload(body));
      fault = arrays.failed();
    }
    if (type == 25) {
      stopped = false;
    }
    executed++;
    if (type == 19 && --pulsesToRestart == 0) {
      restart();
    }
    if (restartTo != 0 || queue.peek() != body) {
      // Carried out, but the reply is never sent: the worst moment.
      return;
    }
    queue.remove();
    byte[] payload = reply.array();
    byte[] wire =
        FakeWire.frame(schema, session ^ nonce, type, sequence, next - 1, fault ? 3 : 1, payload);
    replies.put(sequence, new Cached(wire, fault ? 0 : payload.length + 13));
    overflows += replies.values().stream().mapToInt(Cached::credit).sum() > REPLY_BYTES ? 1 : 0;
    if (silentReply) {
      silentReply = false;
    } else if (!mute && plugged) {
      toHost.add(wire);
    }
  }

  private byte[] greeting() {
    ByteBuffer bytes = ByteBuffer.allocate(260).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 1).put((byte) 3).putShort((short) 1).putInt(schema).putInt(version);
    bytes.putInt(nonce).putInt(session).putShort((short) next).putShort((short) PAYLOAD_MAX);
    bytes.putInt(WINDOW_BYTES).putInt(REPLY_BYTES).putShort((short) WINDOW_FRAMES);
    bytes.putShort((short) arrays.count).putShort((short) arrays.rows);
    bytes.putShort((short) arrays.columns).put((byte) 1);
    bytes.put((byte) arrays.dacBits).put((byte) arrays.adcBits).put((byte) (stopped ? 1 : 0));
    bytes.putInt(200).putInt(FakeArrays.MAX_PULSES);
    double[] values = {
      FakeArrays.MAX_VOLTS,
      2.0,
      1e-3,
      FakeArrays.MIN_SIEMENS,
      FakeArrays.MAX_SIEMENS,
      1e-4,
      1e-3,
      1.0,
      0.9,
      1e-6,
      FakeArrays.STEP_SIEMENS,
      FakeArrays.MAX_VOLTS,
      FakeArrays.FULL_AMPS
    };
    for (double value : values) {
      bytes.putDouble(value);
    }
    bytes.put("fake".getBytes(StandardCharsets.UTF_8)).position(156 + 32);
    bytes.put("fake-1".getBytes(StandardCharsets.UTF_8)).position(156 + 72);
    bytes.put("fake 0.1.0".getBytes(StandardCharsets.UTF_8));
    return bytes.array();
  }
}
