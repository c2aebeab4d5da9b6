package org.mortal.chip.board;

import com.fazecast.jSerialComm.SerialPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.kernel.Philox;

/// The boards that may be there, and the board at the end of a link.
public final class Boards {
  private static final long ASK_MILLIS = 500;

  /// USB ids, vendor before product, of what boards are reached through.
  private static final Map<Integer, String> KNOWN =
      Map.of(
          0x0483_5740, "STM32 virtual COM port",
          0x0483_374B, "ST-Link virtual COM port",
          0x0483_374E, "ST-Link virtual COM port");

  /// The same for adapters that anything may stand behind.
  private static final Map<Integer, String> ADAPTERS =
      Map.of(
          0x0403_6001, "FTDI adapter",
          0x0403_6010, "FTDI adapter",
          0x0403_6014, "FTDI adapter",
          0x0403_6015, "FTDI adapter",
          0x10C4_EA60, "CP210x adapter");

  private Boards() {}

  /// A serial port that may lead to a board.
  ///
  /// @param address a chip address
  /// @param likely whether its USB id is that of a board, and not of an adapter that anything may stand behind
  public record Found(String address, String description, boolean likely) {}

  /// Serial ports whose USB ids we know, likely ones first. Nothing is sent to them.
  public static List<Found> list() {
    List<Found> found = new ArrayList<>();
    for (SerialPort port : SerialPort.getCommPorts()) {
      int id = port.getVendorID() << 16 | port.getProductID() & 0xFFFF;
      boolean likely = KNOWN.containsKey(id);
      if (likely || ADAPTERS.containsKey(id)) {
        String what = likely ? KNOWN.get(id) : ADAPTERS.get(id) + ", perhaps a board";
        found.add(
            new Found(
                "serial:" + port.getSystemPortPath(),
                "%s (%s)".formatted(what, port.getPortDescription()),
                likely));
      }
    }
    found.sort(Comparator.comparing(Found::likely).reversed().thenComparing(Found::address));
    return found;
  }

  /// Asks who is at a serial port, which may disturb something else there.
  ///
  /// @return the board, its firmware and its chip, or why there is none
  public static String ask(Found port) {
    ChipAddress address = ChipAddress.parse(port.address());
    try {
      SerialLink link =
          SerialLink.open(port.address(), address.name(), SerialProvider.STANDARD_BAUD);
      LinkOptions options = new LinkOptions(ASK_MILLIS, 0);
      try (Session session = Session.open(link, options, sessionNumbers())) {
        Greeting greeting = session.greeting();
        return "%s, %s, chip %s".formatted(greeting.board(), greeting.firmware(), greeting.chip());
      }
    } catch (ChipException e) {
      return e.getMessage();
    }
  }

  /// The chip on the board at the end of `link`.
  ///
  /// @param seed of the session's number
  /// @throws ChipException if no board answers there
  public static BoardChip open(Link link, LinkOptions options, long seed) {
    return new BoardChip(controller(link, options, seed));
  }

  /// The same without the host's own checks of limits, to show that the firmware refuses too.
  public static BoardChip openUnchecked(Link link, LinkOptions options, long seed) {
    return BoardChip.unchecked(controller(link, options, seed));
  }

  private static Controller controller(Link link, LinkOptions options, long seed) {
    return new LinkController(link, options, new Philox(Philox.key(seed)));
  }

  /// For real boards: another number each time, since the board may still know the last.
  static RandomGenerator sessionNumbers() {
    return new Philox(Philox.key(System.nanoTime(), ProcessHandle.current().pid()));
  }

  static ChipException badAddress(ChipAddress address, String reason) {
    return new ChipException(new Fault.BadAddress(address.text(), reason));
  }
}
