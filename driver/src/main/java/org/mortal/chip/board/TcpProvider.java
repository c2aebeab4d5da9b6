package org.mortal.chip.board;

import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipProvider;
import org.mortal.kernel.Kernels;

/// Opens `tcp:host:port?timeout=3000&reconnect=3000`, times in milliseconds.
public final class TcpProvider implements ChipProvider {
  private static final int MOST_PORT = 65535;

  @Override
  public String scheme() {
    return "tcp";
  }

  @Override
  public Chip open(ChipAddress address, Kernels kernels) {
    address.allow(Set.of("timeout", "reconnect"));
    int colon = address.name().lastIndexOf(':');
    String host = colon < 1 ? "" : address.name().substring(0, colon);
    int port = port(address.name().substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > MOST_PORT) {
      throw Boards.badAddress(address, "expected host and port, for example tcp:localhost:4000");
    }
    TcpLink link = TcpLink.open(address.text(), host, port);
    return new BoardChip(
        new LinkController(link, LinkOptions.of(address, 0), Boards.sessionNumbers()));
  }

  /// -1 for what is no number.
  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public List<Preset> presets() {
    return List.of();
  }
}
