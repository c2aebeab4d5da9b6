/// Read noise as a regulariser: trained with more or less of it, tested with more or less of it.
package org.mortal.bench.noise;
