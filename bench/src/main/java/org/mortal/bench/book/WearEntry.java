package org.mortal.bench.book;

/// What was given to the cells of one array in a stretch of time; never changed once it is in the book.
///
/// @param id drawn when it is made
/// @param runId of the process that gave it; a run without a folder is not in the book
/// @param given time of the book, of the stretch's end
/// @param setPulses to all cells together
/// @param resetPulses to all cells together
/// @param programmedPulses in closed-loop programming where nobody has told SET from RESET
/// @param complete false where a fault left open how many pulses were given beside these
public record WearEntry(
    String id,
    String chipId,
    String runId,
    int arrayIndex,
    int rowCount,
    int columnCount,
    String given,
    long setPulses,
    long resetPulses,
    long programmedPulses,
    boolean complete) {}
