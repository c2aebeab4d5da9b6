package org.mortal.chip.board;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// Lets a chip stand in for the converters and cells of a board: answers what real firmware asks of them.
///
/// The messages are those of `firmware/port/backplane.h`. A read and a whole train reach the chip as one call each, with
/// every number bit for bit, so a board gives what the chip below it gives. One thread at a time; whether lines are
/// grounded may be asked from any.
public final class Backplane {
  /// The longest line that firmware drives: MAX_LINES of `firmware/core/hal.h`.
  public static final int MAX_LINES = 256;

  private static final int BOOT = 1;
  private static final int READ = 2;
  private static final int TRAIN = 3;
  private static final int PULSES = 4;
  private static final int END = 5;
  private static final int GROUND = 6;
  private static final int COST = 7;

  /// The length of the longest reply that is not to a [#READ].
  private static final int BOOT_BYTES = 164;

  private static final int CHIP_ID_BYTES = 40;

  /// Far above the longest read; what is longer is no message.
  private static final int MOST_BYTES = 1 << 26;

  private final Chip chip;
  private final Converters converters;
  private final Consumer<Chip.ArrayPulses> applied;
  private final Philox nonces;
  private Train open;
  private volatile boolean grounded = true;
  private volatile long groundedNanos = System.nanoTime();

  /// A train whose pulses are still coming.
  private record Train(
      int array, int[] counts, double setVolts, double resetVolts, double seconds) {}

  /// @param converters those of `chip`, which its limits do not tell
  /// @param seed of the numbers that tell one start of the firmware from the next
  public Backplane(Chip chip, Converters converters, long seed) {
    this(chip, converters, seed, train -> {});
  }

  /// @param applied told of every train after it has acted, with the counts that really did
  /// @throws ChipException if the chip's lines are longer than [#MAX_LINES]
  public Backplane(
      Chip chip, Converters converters, long seed, Consumer<Chip.ArrayPulses> applied) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    if (Math.max(geometry.rows(), geometry.columns()) > MAX_LINES) {
      throw new ChipException(
          new Fault.NoBoard(
              chip.id(),
              "its arrays have %d x %d lines, firmware drives at most %d either way: ask for fewer rows and columns"
                  .formatted(geometry.rows(), geometry.columns(), MAX_LINES)));
    }
    this.chip = chip;
    this.converters = converters;
    this.applied = applied;
    this.nonces = new Philox(Philox.key(seed));
  }

  /// Whether all lines are at ground; between the parts of a train they are not.
  public boolean grounded() {
    return grounded;
  }

  /// [System#nanoTime] when the lines last went to ground.
  public long groundedNanos() {
    return groundedNanos;
  }

  /// Answers until `requests` ends; the firmware is then taken to be off, and its lines at ground.
  public void serve(InputStream requests, OutputStream replies) throws IOException {
    DataInputStream in = new DataInputStream(requests);
    OutputStream out = new BufferedOutputStream(replies, 1 << 16);
    ByteBuffer reply = buffer(BOOT_BYTES);
    try {
      while (true) {
        byte[] request = message(in);
        if (request[0] == READ) {
          reply = atLeast(replyBytes(request), reply);
        }
        int count = answer(ByteBuffer.wrap(request), reply);
        if (count > 0) {
          out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(count).array());
          out.write(reply.array(), 0, count);
          out.flush();
        }
      }
    } catch (EOFException e) {
      ground();
    }
  }

  private static byte[] message(DataInputStream in) throws IOException {
    int length = Integer.reverseBytes(in.readInt());
    if (length < 1 || length > MOST_BYTES) {
      throw new IOException(
          "the firmware sent a backplane message of %d bytes, the limit is %d: its output is not that of the backplane"
              .formatted(Integer.toUnsignedLong(length), MOST_BYTES));
    }
    byte[] message = new byte[length];
    in.readFully(message);
    return message;
  }

  private static int replyBytes(byte[] read) {
    ByteBuffer header = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    return Short.toUnsignedInt(header.getShort(5))
        * Short.toUnsignedInt(header.getShort(9))
        * Float.BYTES;
  }

  private static ByteBuffer atLeast(int bytes, ByteBuffer buffer) {
    return buffer.capacity() >= bytes ? buffer : buffer(bytes);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  /// Carries out one request, and writes its reply to the beginning of `reply`.
  ///
  /// @param request its type and payload, without the length
  /// @return bytes of the reply, 0 where none is due
  /// @throws ChipException if the chip refuses what the firmware let pass
  public int answer(ByteBuffer request, ByteBuffer reply) {
    request.order(ByteOrder.LITTLE_ENDIAN);
    reply.order(ByteOrder.LITTLE_ENDIAN).clear();
    int type = request.get();
    switch (type) {
      case BOOT -> boot(reply);
      case READ -> read(request, reply);
      case TRAIN -> begin(request);
      case PULSES -> collect(request);
      case END, GROUND -> ground();
      case COST -> cost(reply);
      default ->
          throw new IllegalArgumentException("there is no backplane message of type " + type);
    }
    return reply.position();
  }

  private void boot(ByteBuffer reply) {
    ground();
    Crossbar array = chip.arrays().getFirst();
    Geometry geometry = array.geometry();
    Limits limits = array.limits();
    reply
        .putInt(nonces.nextInt())
        .putShort((short) chip.arrays().size())
        .putShort((short) geometry.rows())
        .putShort((short) geometry.columns())
        .put((byte) (geometry.sensing() == Sensing.DIFFERENTIAL ? 1 : 0))
        .put((byte) converters.dacBits())
        .put((byte) converters.adcBits())
        .put(new byte[3])
        .putInt(limits.maxPulses())
        .putDouble(limits.maxReadVolts())
        .putDouble(limits.maxPulseVolts())
        .putDouble(limits.maxPulseSeconds())
        .putDouble(limits.minSiemens())
        .putDouble(limits.maxSiemens())
        .putDouble(limits.maxBiasAmps())
        .putDouble(limits.fullScaleAmps())
        .putDouble(limits.write().setVolts())
        .putDouble(limits.write().resetVolts())
        .putDouble(limits.write().seconds())
        .putDouble(limits.write().stepSiemens())
        .putDouble(converters.dacFullScaleVolts())
        .putDouble(converters.adcFullScaleAmps())
        .put(Arrays.copyOf(chip.id().getBytes(StandardCharsets.UTF_8), CHIP_ID_BYTES));
  }

  private void read(ByteBuffer request, ByteBuffer reply) {
    int array = unsigned(request.getShort());
    Read.Sense sense = Read.Sense.values()[request.get()];
    boolean biased = request.get() != 0;
    int vectors = unsigned(request.getShort());
    int lines = unsigned(request.getShort());
    int outputs = unsigned(request.getShort());
    request.getShort();
    Batch volts = batch(request, vectors, lines);
    Batch bias = biased ? batch(request, 1, outputs) : null;
    Batch amps = Batch.zeros(vectors, outputs);
    chip.arrays().get(array).read(new Read(volts, 1, bias, sense), amps);
    ByteBuffer bytes = amps.segment().asByteBuffer().limit(vectors * outputs * Float.BYTES);
    reply.put(bytes);
  }

  /// The next floats of `request`. Native memory is little-endian on all machines that run this, as the message is.
  private static Batch batch(ByteBuffer request, int rows, int columns) {
    Batch batch = Batch.zeros(rows, columns);
    int bytes = rows * columns * Float.BYTES;
    batch.segment().asByteBuffer().put(request.slice(request.position(), bytes));
    request.position(request.position() + bytes);
    return batch;
  }

  private void begin(ByteBuffer request) {
    ground();
    int array = unsigned(request.getShort());
    request.getShort();
    request.getInt();
    int cells = chip.arrays().getFirst().geometry().cells();
    open =
        new Train(
            array, new int[cells], request.getDouble(), request.getDouble(), request.getDouble());
    grounded = false;
  }

  private void collect(ByteBuffer request) {
    if (open == null) {
      throw new IllegalStateException("the firmware gave pulses without a train");
    }
    Geometry geometry = chip.arrays().getFirst().geometry();
    while (request.hasRemaining()) {
      int row = unsigned(request.getShort());
      int column = unsigned(request.getShort());
      open.counts()[row * geometry.columns() + column] += request.getShort();
    }
  }

  /// Lets the pulses act that came so far: a driver that was switched off had given them.
  private void ground() {
    Train train = open;
    open = null;
    try {
      if (train != null) {
        apply(train);
      }
    } finally {
      groundedNanos = System.nanoTime();
      grounded = true;
    }
  }

  private void apply(Train train) {
    short[] counts = new short[train.counts().length];
    boolean any = false;
    for (int cell = 0; cell < counts.length; cell++) {
      counts[cell] = (short) Math.clamp(train.counts()[cell], Short.MIN_VALUE, Short.MAX_VALUE);
      any |= counts[cell] != 0;
    }
    if (any) {
      PulseTrain pulses =
          new PulseTrain(counts, train.setVolts(), train.resetVolts(), train.seconds());
      Chip.ArrayPulses one = new Chip.ArrayPulses(train.array(), pulses);
      chip.pulse(List.of(one));
      applied.accept(one);
    }
  }

  private void cost(ByteBuffer reply) {
    Telemetry telemetry = chip.telemetry();
    reply.putDouble(telemetry.energyJoules()).putDouble(telemetry.busySeconds());
  }

  private static int unsigned(short value) {
    return Short.toUnsignedInt(value);
  }
}
