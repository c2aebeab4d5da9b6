/// Boards that are not there: real firmware in a process, over a chip in this one.
package org.mortal.bench.emulate;
