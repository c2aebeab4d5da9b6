package org.mortal.sim.effect;

import org.mortal.chip.PulseTrain;

/// A train of pulses as the cells of one array get it.
///
/// @param train amplitudes, width, and the number of pulses to each cell
/// @param cells the first `count` entries are the cells that get any, in row-major order
/// @param count how many
/// @param number running number of the train since the array was new
/// @param nanos the chip's clock when the train begins
public record Writing(PulseTrain train, int[] cells, int count, long number, long nanos) {}
