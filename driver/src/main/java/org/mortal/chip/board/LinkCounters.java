package org.mortal.chip.board;

/// What the host's end of a link has counted since it was opened.
///
/// @param bytesIn all that came, framing among it
/// @param bytesOut all that was sent
/// @param framesIn valid frames that came
/// @param framesOut frames that were sent, repeats among them
/// @param busySeconds while commands were under way, what the board took for them among it; without those that were lost
/// @param crcErrors frames with a wrong CRC, those of other sessions among them
/// @param resyncs stretches of bytes that were no frame
/// @param retries commands sent again
/// @param duplicates replies that had come before
/// @param creditStalls commands that had to wait for the board's credits
/// @param timeOuts times when nothing was heard for so long that something was sent again
/// @param restarts times when the board had begun anew
/// @param reopens times when the link was gone and came back
public record LinkCounters(
    long bytesIn,
    long bytesOut,
    long framesIn,
    long framesOut,
    double busySeconds,
    long crcErrors,
    long resyncs,
    long retries,
    long duplicates,
    long creditStalls,
    long timeOuts,
    long restarts,
    long reopens) {}
