package org.mortal.chip.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// How the functions of `firmware/port/host/mortal.h` are called: what they take and answer.
///
/// The handles are constants that take the function's address as their first argument, so that calls are compiled into
/// the caller whatever library they go to. None is a critical call: a simulator below the firmware calls back into Java.
final class NativeSignatures {
  static final MethodHandle NUMBER = handle(JAVA_INT);
  static final MethodHandle OPEN = handle(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  static final MethodHandle OPEN_SIMULATED = handle(ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle BOARD = handle(null, ADDRESS);
  static final MethodHandle BOARD_NUMBER = handle(JAVA_INT, ADDRESS);
  static final MethodHandle BOARD_BYTES = handle(null, ADDRESS, ADDRESS);
  static final MethodHandle BOARD_BUFFER = handle(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  static final MethodHandle RESTART = handle(null, ADDRESS, JAVA_INT);
  static final MethodHandle READ =
      handle(
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT,
          ADDRESS,
          JAVA_LONG,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT,
          ADDRESS,
          JAVA_LONG,
          JAVA_INT,
          ADDRESS);
  static final MethodHandle PULSE =
      handle(
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_DOUBLE,
          JAVA_DOUBLE,
          JAVA_DOUBLE,
          JAVA_INT,
          ADDRESS);
  static final MethodHandle PROGRAM =
      handle(
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_DOUBLE,
          ADDRESS,
          ADDRESS,
          ADDRESS);

  private NativeSignatures() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle(MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(
            result == null
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(result, arguments));
  }
}
