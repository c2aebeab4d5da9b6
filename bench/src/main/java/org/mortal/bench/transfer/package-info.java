/// What a chip has learned, handed on to others: copied, distilled, or learned together.
package org.mortal.bench.transfer;
