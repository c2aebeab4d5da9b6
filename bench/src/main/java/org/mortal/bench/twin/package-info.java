/// A simulated chip that is one measured chip: fitted to its reads, pulses and waits, and judged on others.
package org.mortal.bench.twin;
