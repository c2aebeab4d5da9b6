package org.mortal.bench.faults;

import java.util.List;
import org.mortal.chip.board.FaultyLink;

/// What came of a campaign.
///
/// @param commands calls of the port
/// @param reads batches of reads among them that succeeded
/// @param pulses that the model counted
/// @param done trains that the host was told are done
/// @param refused trains beyond a limit, which the firmware refused with the host's own check off
/// @param unknown trains and programmings reported as of unknown outcome or as ended early
/// @param lost calls that failed with nothing written, and were reported so
/// @param hits restarts and unplugs that struck while the board wrote
/// @param injected faults of the line
/// @param retries frames sent again
/// @param violations accounts that do not fit: must be none
public record CampaignResult(
    int commands,
    int reads,
    long pulses,
    int done,
    int refused,
    int unknown,
    int lost,
    int restarts,
    int unplugs,
    int hits,
    FaultyLink.Injected injected,
    long retries,
    double seconds,
    List<String> violations) {}
