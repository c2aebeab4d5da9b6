/// What a bad line, restarts and pulled cables may do to a board, and a proof that no pulse suffers from it.
package org.mortal.bench.faults;
