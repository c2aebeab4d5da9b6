/// What happens to the cells of an array beside pulses, with time, temperature and use: the statistics of
/// `org.mortal.sim.device` drawn for each cell, and their state.
package org.mortal.sim.effect;
