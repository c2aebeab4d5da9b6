/// JUnit 5 tests on simulated chips, or on a real one: a test method that takes a `Crossbar`, a `Chip` or a `Tile`.
///
/// [org.mortal.sim.junit.ChipTest] is all that a test needs to name. This package alone depends on JUnit; whoever uses it brings
/// their own (tried from 5.10 to 6.1).
package org.mortal.sim.junit;
