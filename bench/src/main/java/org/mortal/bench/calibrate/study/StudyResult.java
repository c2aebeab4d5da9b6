package org.mortal.bench.calibrate.study;

import java.util.List;

/// How the calibrations of many chips came out: figures of [org.mortal.bench.calibrate.score.Score] at the median chip and at
/// the worst.
///
/// @param chips how many
/// @param mvmErrorBefore share of full scale
/// @param mvmErrorAfter share of full scale
/// @param mvmFloor share of full scale
/// @param mvmRatio of error to floor
/// @param cellError in siemens
/// @param cellFloor in siemens
/// @param cellRatio of error to floor
/// @param stuckPrecision share
/// @param stuckRecall share
/// @param success share of outputs
/// @param seconds of this machine
public record StudyResult(
    int chips,
    Spread mvmErrorBefore,
    Spread mvmErrorAfter,
    Spread mvmFloor,
    Spread mvmRatio,
    Spread cellError,
    Spread cellFloor,
    Spread cellRatio,
    Spread stuckPrecision,
    Spread stuckRecall,
    Spread success,
    Spread seconds) {

  /// @param chips at least one
  public static StudyResult of(List<ScoredChip> chips) {
    return new StudyResult(
        chips.size(),
        Spread.ofErrors(chips, chip -> chip.score().mvmErrorBefore()),
        Spread.ofErrors(chips, chip -> chip.score().mvmErrorAfter()),
        Spread.ofErrors(chips, chip -> chip.score().mvmFloor()),
        Spread.ofErrors(chips, chip -> chip.score().mvmRatio()),
        Spread.ofErrors(chips, chip -> chip.score().cellError()),
        Spread.ofErrors(chips, chip -> chip.score().cellFloor()),
        Spread.ofErrors(chips, chip -> chip.score().cellRatio()),
        Spread.ofShares(chips, chip -> chip.score().stuckPrecision()),
        Spread.ofShares(chips, chip -> chip.score().stuckRecall()),
        Spread.ofShares(chips, ScoredChip::success),
        Spread.ofErrors(chips, ScoredChip::seconds));
  }
}
