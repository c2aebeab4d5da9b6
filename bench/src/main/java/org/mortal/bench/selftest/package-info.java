/// The self-test: what a chip can be found out to be broken in by reads and pulses alone.
package org.mortal.bench.selftest;
