package org.mortal.chip.board;

/// Counts for [LinkCounters]. Guarded by its session's lock.
final class Tally {
  long bytesIn;
  long bytesOut;
  long framesIn;
  long framesOut;
  long busyNanos;
  long echoes;
  long retries;
  long duplicates;
  long creditStalls;
  long timeOuts;
  long restarts;
  long reopens;

  /// Counts a frame that is about to be sent, null for none: once it is, its answer may be here before anybody can count.
  byte[] sent(byte[] frame) {
    bytesOut += frame == null ? 0 : frame.length;
    framesOut += frame == null ? 0 : 1;
    return frame;
  }

  LinkCounters counters(FrameDecoder decoder) {
    return new LinkCounters(
        bytesIn,
        bytesOut,
        framesIn,
        framesOut,
        busyNanos / 1e9,
        decoder.crcErrors(),
        decoder.resyncs(),
        retries,
        duplicates,
        creditStalls,
        timeOuts,
        restarts,
        reopens);
  }
}
