package org.mortal.chip.board;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A board in memory: the board's side of PROTOCOL.md, over [FakeArrays].
///
/// It can be restarted and unplugged at any moment, holds the host to its credits, and keeps count of what it was told.
final class FakeBoard extends FakeCable {
  static final int PAYLOAD_MAX = 512;
  static final int WINDOW_FRAMES = 8;
  static final int WINDOW_BYTES = 2400;
  static final int REPLY_BYTES = 2400;

  /// A reply that may be asked for again, and what it takes of the credits.
  private record Cached(byte[] wire, int credit) {}

  final FakeArrays arrays;
  private final int schema;
  private final int version;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private final Map<Integer, Cached> replies = new LinkedHashMap<>();
  private final Thread thread;

  /// Changed by tests while the board runs.
  volatile long nanosPerCommand;

  volatile int overflows;
  volatile int executed;
  volatile int repeats;
  volatile int greetings;
  volatile boolean silentReply;

  /// The board greets, and drops every command.
  volatile boolean deaf;

  /// Replies have so many bytes more than they should.
  volatile int surplusBytes;

  /// The board restarts after it has carried out so many PULSE from now on, before it answers the last.
  volatile int pulsesToRestart;

  /// The cable is gone after so many PULSE.
  volatile int pulsesToUnplug;

  /// The next greeting after a restart gets lost.
  volatile boolean silentStart;

  volatile boolean ignoresReset;

  private volatile int nonce = 1000;
  private volatile int restartTo;
  private volatile boolean stopped;
  private volatile boolean closed;
  private volatile int otherSession;
  private final FakeSettings settings = new FakeSettings();

  private int session;
  private int sessionBefore;
  private int next;
  private boolean gapTold;

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

  /// Another program opens the board under this number; waits until it has.
  void openByAnother(int number) {
    otherSession = number;
    while (otherSession != 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  void end() throws InterruptedException {
    closed = true;
    thread.join();
  }

  private void send(int type, int sequence, int flags, byte[] payload) {
    sayToHost(FakeWire.frame(schema, session ^ nonce, type, sequence, next - 1, flags, payload));
  }

  private void run() {
    while (!closed) {
      if (restartTo != 0) {
        start();
      }
      if (otherSession != 0) {
        open(otherSession);
        otherSession = 0;
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
    sessionBefore = 0;
    stopped = false;
    forget();
    arrays.endTrain();
    frame.reset();
    if (!silentStart) {
      send(2, 0, 0, greeting());
    }
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
      byte[] bytes = takeFromHost(millis);
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
        bytes = takeFromHost(0);
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
        if (type >= 16 && !deaf) {
          replies.keySet().removeIf(one -> (short) (one - head.getShort(4)) <= 0);
          command(sequence, body);
        }
      }
    }
  }

  private void hello(ByteBuffer payload) {
    boolean ours = payload.getInt(4) == schema;
    int number = payload.getInt(8);
    if (ours && number != session && number != sessionBefore) {
      open(number);
    }
    send(2, 0, 0, greeting());
    greetings++;
  }

  private void open(int number) {
    sessionBefore = session;
    session = number;
    nonce += 1 << 16;
    forget();
    arrays.endTrain();
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
      if (reply != null) {
        sayToHost(reply.wire());
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
    boolean fault = stopped && !harmless;
    ByteBuffer reply;
    if (fault) {
      reply = arrays.fault(4);
    } else {
      ByteBuffer payload = FakeWire.payload(body);
      reply = type == 23 ? settings.set(payload) : arrays.carryOut(type, payload);
      fault = type != 23 && arrays.failed();
    }
    if (type == 25) {
      stopped = false;
    }
    executed++;
    if (type == 19 && --pulsesToRestart == 0) {
      restart();
    }
    if (type == 19 && --pulsesToUnplug == 0) {
      plugged = false;
    }
    if (restartTo != 0 || queue.peek() != body) {
      // Carried out, but the reply is never sent: the worst moment.
      return;
    }
    queue.remove();
    byte[] payload = Arrays.copyOf(reply.array(), reply.capacity() + (fault ? 0 : surplusBytes));
    byte[] wire =
        FakeWire.frame(schema, session ^ nonce, type, sequence, next - 1, fault ? 3 : 1, payload);
    replies.put(sequence, new Cached(wire, fault ? 0 : payload.length + 13));
    overflows += replies.values().stream().mapToInt(Cached::credit).sum() > REPLY_BYTES ? 1 : 0;
    if (silentReply) {
      silentReply = false;
    } else {
      sayToHost(wire);
    }
    if (type == 26 && !ignoresReset) {
      restart();
    }
  }

  private byte[] greeting() {
    ByteBuffer bytes = ByteBuffer.allocate(260).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 1).put((byte) 3).putShort((short) 3).putInt(schema).putInt(version);
    bytes.putInt(nonce).putInt(session).putShort((short) next).putShort((short) PAYLOAD_MAX);
    bytes.putInt(WINDOW_BYTES).putInt(REPLY_BYTES).putShort((short) WINDOW_FRAMES);
    bytes.putShort((short) arrays.count).putShort((short) arrays.rows);
    bytes.putShort((short) arrays.columns).put((byte) 1);
    bytes.put((byte) arrays.dacBits).put((byte) arrays.adcBits).put((byte) (stopped ? 1 : 0));
    bytes.putInt(settings.silenceMillis()).putInt(FakeArrays.MAX_PULSES);
    arrays.describe(bytes);
    settings.putNames(bytes);
    return bytes.array();
  }
}
