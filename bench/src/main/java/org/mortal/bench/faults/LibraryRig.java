package org.mortal.bench.faults;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.mortal.chip.board.Backplane;
import org.mortal.chip.board.Link;
import org.mortal.chip.board.NativeLink;

/// Firmware in this process.
public final class LibraryRig implements CampaignRig {
  private final NativeLink link;
  private final RandomGenerator nonces;

  /// @param library the firmware
  public LibraryRig(Path library, Backplane backplane, RandomGenerator nonces) {
    this.link = NativeLink.open(library, backplane);
    this.nonces = nonces;
  }

  /// The firmware outlives the sessions with it.
  @Override
  public Link link() {
    return new Link() {
      @Override
      public int read(byte[] buffer, long nanos) throws Gone {
        return link.read(buffer, nanos);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws Gone {
        link.write(bytes, offset, count);
      }

      @Override
      public void reopen() throws Gone {
        link.reopen();
      }

      @Override
      public String address() {
        return link.address();
      }

      @Override
      public void close() {
        // The rig closes it.
      }
    };
  }

  @Override
  public void restart() {
    link.restart(nonces.nextInt());
  }

  @Override
  public void close() {
    link.close();
  }
}
