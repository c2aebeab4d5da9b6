/// Characterisation: what cells do, measured through the port alone by plans that are known before anything happens.
package org.mortal.bench.characterise;
