/// The program `mortal`: the top command, and what becomes of errors.
package org.mortal.bench;
