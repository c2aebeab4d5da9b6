/// Signed weights on any crossbar: mapping, scaling, and tiling over many arrays.
///
/// A [org.mortal.tile.Tile] is all that a learning rule sees of the hardware.
package org.mortal.tile;
