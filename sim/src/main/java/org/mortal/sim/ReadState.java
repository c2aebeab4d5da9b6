package org.mortal.sim;

/// What the read path of an array remembers from one read to the next: to save a chip in mid-run is to keep this too.
///
/// @param vectors read so far; addresses the noise of the next
/// @param settledAmps what each output carried last; empty where lines settle wholly
public record ReadState(long vectors, float[] settledAmps) {}
