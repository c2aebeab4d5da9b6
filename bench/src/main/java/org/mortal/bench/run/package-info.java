/// What a run leaves behind: its folder, its manifest, its tables.
package org.mortal.bench.run;
