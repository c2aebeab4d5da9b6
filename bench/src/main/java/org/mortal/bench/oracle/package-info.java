/// What a simulated chip alone can tell: true gradients, to score learning rules against.
package org.mortal.bench.oracle;
