package org.mortal.chip.board;

/// Counts for [LinkCounters]. Guarded by its session's lock.
final class Tally {
  long framesIn;
  long framesOut;
  long bytesIn;
  long echoes;
  long retries;
  long duplicates;
  long creditStalls;
  long timeOuts;
  long restarts;
  long reopens;

  LinkCounters counters(FrameDecoder decoder) {
    return new LinkCounters(
        framesIn,
        framesOut,
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
