/// The commands, one class each, and what they share.
package org.mortal.bench.command;
