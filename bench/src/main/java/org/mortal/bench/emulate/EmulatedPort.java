package org.mortal.bench.emulate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the firmware was built for, and the programs that run it here.
public enum EmulatedPort {
  /// A process of this machine, which makes its serial line itself.
  HOST("firmware/target/host/mortal-board", "gcc make libc6-dev", List.of()) {
    @Override
    List<String> wire(Path link, Path mcu) {
      return List.of();
    }

    @Override
    List<String> firmware(Path image, Path link, Path mcu) {
      return List.of(image.toString(), "--link", link.toString());
    }
  },

  /// The microcontroller's own machine code in QEMU, at the other end of a line that outlives its restarts.
  STM32F405(
      "firmware/target/stm32f405/mortal-stm32f405-emulated.elf",
      "make gcc-arm-none-eabi libnewlib-arm-none-eabi",
      List.of("qemu-system-arm", "socat")) {
    @Override
    List<String> wire(Path link, Path mcu) {
      return List.of("socat", "pty,rawer,link=" + link, "pty,rawer,link=" + mcu);
    }

    @Override
    List<String> firmware(Path image, Path link, Path mcu) {
      return List.of(
          "qemu-system-arm",
          "-machine",
          "netduinoplus2",
          "-kernel",
          image.toString(),
          // A multiplexed device has a buffer, without which every byte takes a turn of QEMU's main
          // loop. No byte
          // has the value 256, so none is taken for the escape character that comes with it.
          "-chardev",
          "serial,id=link,mux=on,path=" + mcu,
          "-echr",
          "256",
          "-serial",
          "chardev:link",
          "-display",
          "none",
          "-monitor",
          "none",
          "-semihosting-config",
          "enable=on,target=native");
    }
  };

  private final Path image;
  private final String compiler;
  private final List<String> programs;

  EmulatedPort(String image, String compiler, List<String> programs) {
    this.image = Path.of(image);
    this.compiler = compiler;
    this.programs = programs;
  }

  /// The processes that make the serial line from `link` to `mcu`; empty where the firmware does.
  abstract List<String> wire(Path link, Path mcu);

  abstract List<String> firmware(Path image, Path link, Path mcu);

  /// Where the firmware is.
  Path image() {
    return Firmware.root().resolve(image);
  }

  /// Why boards of this port cannot be emulated here, with the mend, or null if they can.
  public String missing() {
    for (String program : programs) {
      if (!isInstalled(program)) {
        return "%s is not installed: apt-get install %s".formatted(program, program);
      }
    }
    return Files.isRegularFile(image())
        ? null
        : "%s was not built: apt-get install %s, then ./mvnw package -DskipTests"
            .formatted(image(), compiler);
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
