/// The port to a chip: volts in, amperes out, pulses to cells, limits, faults.
///
/// Simulated chips and boards stand behind the same two interfaces, [org.mortal.chip.Chip] and
/// [org.mortal.chip.Crossbar]; [org.mortal.chip.Chips] opens either by its address. All values are SI.
package org.mortal.chip;
