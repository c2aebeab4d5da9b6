package org.mortal.chip.board;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.mortal.kernel.Philox;

/// A link that spoils what it carries, both ways, and can be pulled out: for tests of what stands on it.
///
/// Bytes keep their order, as they do on every line. The same seed spoils the same places of the same pieces.
public final class FaultyLink implements Link {

  /// How often what goes wrong. A piece is what is written or read at once.
  ///
  /// @param bitFlip chance for each byte that one of its bits is turned
  /// @param drop chance for each piece that it is lost
  /// @param duplicate chance for each piece that it comes twice
  /// @param truncate chance for each piece that its end is lost
  /// @param delay chance for each piece that it comes late
  /// @param delayMillis by so much
  public record Rates(
      double bitFlip,
      double drop,
      double duplicate,
      double truncate,
      double delay,
      long delayMillis) {}

  /// What was done to the link so far.
  public record Injected(
      long flips, long drops, long duplicates, long truncations, long delays, long unplugs) {
    public static final Injected NONE = new Injected(0, 0, 0, 0, 0, 0);

    /// Both together.
    public Injected plus(Injected other) {
      return new Injected(
          flips + other.flips,
          drops + other.drops,
          duplicates + other.duplicates,
          truncations + other.truncations,
          delays + other.delays,
          unplugs + other.unplugs);
    }
  }

  private final Link link;
  private final Rates rates;
  private final RandomGenerator outward;
  private final RandomGenerator inward;
  private final AtomicLong flips = new AtomicLong();
  private final AtomicLong drops = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong truncations = new AtomicLong();
  private final AtomicLong delays = new AtomicLong();
  private final AtomicLong unplugs = new AtomicLong();
  private byte[] waiting = {};
  private volatile boolean plugged = true;
  private volatile boolean connected = true;

  /// @param link closed with this
  /// @param random what goes wrong, and when
  public FaultyLink(Link link, Rates rates, RandomGenerator random) {
    this.link = link;
    this.rates = rates;
    // One for each direction: they are drawn from by different threads.
    this.outward = new Philox(random.nextLong());
    this.inward = new Philox(random.nextLong());
  }

  /// Pulls the cable. From any thread.
  public void unplug() {
    unplugs.incrementAndGet();
    plugged = false;
    connected = false;
  }

  /// Puts the cable back; the link works again when it was reopened.
  public void plug() {
    plugged = true;
  }

  public Injected injected() {
    return new Injected(
        flips.get(), drops.get(), duplicates.get(), truncations.get(), delays.get(), unplugs.get());
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    checkConnected();
    if (waiting.length == 0) {
      int read = link.read(buffer, nanos);
      checkConnected();
      waiting = read == 0 ? waiting : spoil(buffer, 0, read, inward);
    }
    int count = Math.min(waiting.length, buffer.length);
    System.arraycopy(waiting, 0, buffer, 0, count);
    waiting = Arrays.copyOfRange(waiting, count, waiting.length);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    checkConnected();
    byte[] spoilt = spoil(bytes, offset, count, outward);
    checkConnected();
    if (spoilt.length > 0) {
      link.write(spoilt, 0, spoilt.length);
    }
  }

  private void checkConnected() throws Gone {
    if (!connected) {
      throw new Gone("the cable was pulled");
    }
  }

  private byte[] spoil(byte[] bytes, int offset, int count, RandomGenerator random) {
    if (happens(rates.delay(), random, delays)) {
      LockSupport.parkNanos(rates.delayMillis() * 1_000_000);
    }
    if (happens(rates.drop(), random, drops)) {
      return new byte[0];
    }
    int length = happens(rates.truncate(), random, truncations) ? random.nextInt(count) : count;
    byte[] piece = Arrays.copyOfRange(bytes, offset, offset + length);
    for (int i = 0; i < length; i++) {
      if (happens(rates.bitFlip(), random, flips)) {
        piece[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
    }
    return happens(rates.duplicate(), random, duplicates) ? twice(piece) : piece;
  }

  private static boolean happens(double rate, RandomGenerator random, AtomicLong count) {
    boolean now = random.nextDouble() < rate;
    if (now) {
      count.incrementAndGet();
    }
    return now;
  }

  private static byte[] twice(byte[] piece) {
    byte[] both = Arrays.copyOf(piece, 2 * piece.length);
    System.arraycopy(piece, 0, both, piece.length, piece.length);
    return both;
  }

  @Override
  public void reopen() throws Gone {
    if (!plugged) {
      throw new Gone("the cable is not plugged in");
    }
    link.reopen();
    waiting = new byte[0];
    connected = true;
  }

  @Override
  public String address() {
    return link.address();
  }

  @Override
  public void close() {
    link.close();
  }
}
