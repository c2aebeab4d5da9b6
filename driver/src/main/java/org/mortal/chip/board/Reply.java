package org.mortal.chip.board;

import java.nio.ByteBuffer;
import org.mortal.chip.Fault;

/// What became of a command.
sealed interface Reply {

  /// It was carried out.
  record Done(ByteBuffer payload) implements Reply {}

  /// The board refused it, or ended it before it was done.
  record Refused(FaultReport report) implements Reply {}

  /// Nobody knows: it may have been carried out wholly, in part or not at all.
  ///
  /// @param cause in words, as in "the board restarted"
  /// @param fault for a caller to whom the command can do no harm
  /// @param restarted whether the board, or the session with it, has begun anew; if not, it cannot be reached
  record Lost(String cause, Fault fault, boolean restarted) implements Reply {}
}
