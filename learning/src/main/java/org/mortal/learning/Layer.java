package org.mortal.learning;

import org.mortal.tile.Tile;

/// A layer of a network: weights on hardware, and a digital head that reads its activity.
public record Layer(Tile tile, Head head) {}
