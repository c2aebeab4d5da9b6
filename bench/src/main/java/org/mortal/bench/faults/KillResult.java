package org.mortal.bench.faults;

import java.util.List;

/// What a [KillCampaign] came to.
///
/// @param kills processes that were killed
/// @param early kills before there was a run to go on with
/// @param runs that were completed in the end
/// @param resumptions kills after the first step of a run and before its last
/// @param uncertain those of them that struck while pulses were under way
/// @param driven kills that found lines of the array driven
/// @param mostGroundSeconds the longest time from a kill until all lines were grounded
/// @param wholeSeconds how long a run takes that nothing interrupts
/// @param violations must be none
public record KillResult(
    int kills,
    int early,
    int runs,
    int resumptions,
    int uncertain,
    int driven,
    double mostGroundSeconds,
    double wholeSeconds,
    double seconds,
    List<String> violations) {}
