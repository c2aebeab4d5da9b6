package org.mortal.chip.calibrated;

/// Reads to be repeated later: what they have become against what they were is how far all conductances have drifted.
///
/// One factor for all is mean of magnitudes then over mean of magnitudes now, as in Joshi et al., Nature Communications 11,
/// 2473 (2020). Both are noisy, so a factor counts only where it is beyond its own error.
///
/// @param inputs shares of the highest read voltage, vectors x rows
/// @param amps what was read, corrected and averaged over the repeats, vectors x outputs: by it a chip is known whose cells were
///     written since
/// @param repeats how often each was read
/// @param meanAmps mean magnitude of all corrected currents then
/// @param errorAmps standard error of that mean
/// @param exponent of the drift `(t / t0)^-exponent`, as far as it was seen
/// @param exponentError standard error of the exponent
/// @param dueSeconds when the reference is to be read again, in seconds after the calibration, rising
public record DriftReference(
    float[][] inputs,
    float[][] amps,
    int repeats,
    double meanAmps,
    double errorAmps,
    double exponent,
    double exponentError,
    double[] dueSeconds) {}
