package org.mortal.chip.board;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;

/// A serial port.
///
/// A symbolic link is followed each time the port is opened, so that a name which udev keeps finds the board again in whatever
/// socket it is.
public final class SerialLink implements Link {
  /// The shortest that the library can wait for; bytes that come end the wait at once.
  private static final int READ_MILLIS = 100;

  private static final int DATA_BITS = 8;
  private static final boolean WINDOWS = File.separatorChar == '\\';

  static {
    SerialPort.addShutdownHook(new Thread(OpenPorts::awaitRelease, "mortal-ports"));
  }

  private final String address;
  private final String name;
  private final int baud;
  private volatile SerialPort port;

  private SerialLink(String address, String name, int baud) {
    this.address = address;
    this.name = name;
    this.baud = baud;
  }

  /// @param address for messages
  /// @param name of the port, such as `/dev/ttyACM0` or `COM3`
  /// @throws ChipException if it cannot be opened
  public static SerialLink open(String address, String name, int baud) {
    SerialLink link = new SerialLink(address, name, baud);
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
    SerialPort found = WINDOWS ? named(name) : at(realPath());
    // Set before it is opened, so that no byte comes at another rate. Modem lines are left alone:
    // pseudo-terminals have none.
    found.setComPortParameters(baud, DATA_BITS, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    found.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    found.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, READ_MILLIS, 0);
    if (!found.openPort(0)) {
      throw new Gone(refusal());
    }
    port = found;
  }

  private Path realPath() throws Gone {
    try {
      return Path.of(name).toRealPath();
    } catch (IOException | InvalidPathException e) {
      throw new Gone("there is no such port; `bench/mortal chips` lists those there are");
    }
  }

  /// The port at `path` and no other: the library takes one of the same name elsewhere where it finds none.
  private static SerialPort at(Path path) throws Gone {
    if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new Gone("this is not a serial port");
    }
    SerialPort found = named(path.toString());
    try {
      if (Path.of(found.getSystemPortPath()).toRealPath().equals(path)) {
        return found;
      }
    } catch (IOException e) {
      // Gone since.
      throw new Gone("the port has just disappeared");
    }
    throw new Gone("this is not a serial port");
  }

  private static SerialPort named(String name) throws Gone {
    try {
      return SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw new Gone("this is not a serial port");
    }
  }

  private String refusal() {
    Path path = Path.of(name);
    return WINDOWS || Files.isReadable(path) && Files.isWritable(path)
        ? "it is in use by another program, or does not take %d baud".formatted(baud)
        : "no permission to read and write it; on Linux, add yourself to the group dialout";
  }

  @Override
  public int read(byte[] buffer, long nanos) throws Gone {
    int count = open().readBytes(buffer, buffer.length);
    if (count < 0) {
      throw new Gone("the port has gone");
    }
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws Gone {
    if (open().writeBytes(bytes, count, offset) != count) {
      throw new Gone("the port takes nothing any more");
    }
  }

  private SerialPort open() throws Gone {
    SerialPort now = port;
    if (now == null) {
      throw new Gone("the port is closed");
    }
    return now;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void close() {
    SerialPort now = port;
    port = null;
    if (now != null) {
      now.closePort();
    }
  }
}
