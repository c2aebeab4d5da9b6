/// Sessions with a chip, written down call by call, and chips that answer from them.
///
/// A session is a file of JSON lines. The first says what the chip is; each other line is one call with what was asked
/// and answered, numbers exact to the bit.
package org.mortal.chip.replay;
