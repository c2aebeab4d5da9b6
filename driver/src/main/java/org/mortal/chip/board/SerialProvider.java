package org.mortal.chip.board;

import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipProvider;
import org.mortal.kernel.Kernels;

/// Opens `serial:/dev/ttyACM0?baud=921600&timeout=3000&reconnect=3000`, times in milliseconds.
public final class SerialProvider implements ChipProvider {
  static final int STANDARD_BAUD = 921_600;
  private static final int MOST_BAUD = 12_000_000;
  private static final int LEAST_BAUD = 300;

  /// Of a full frame each way: at a slow rate they take their time.
  private static final long FRAMES_BITS = 2 * 2100 * 10;

  @Override
  public String scheme() {
    return "serial";
  }

  @Override
  public Chip open(ChipAddress address, Kernels kernels) {
    address.allow(Set.of("baud", "timeout", "reconnect"));
    if (address.name().isEmpty()) {
      throw Boards.badAddress(address, "expected a port, for example serial:/dev/ttyACM0");
    }
    int baud = (int) address.number("baud", STANDARD_BAUD, LEAST_BAUD, MOST_BAUD);
    LinkOptions options = LinkOptions.of(address, FRAMES_BITS * 1000 / baud);
    SerialLink link = SerialLink.open(address.text(), address.name(), baud);
    return new BoardChip(new LinkController(link, options, Boards.sessionNumbers()));
  }

  @Override
  public List<Preset> presets() {
    return List.of();
  }
}
