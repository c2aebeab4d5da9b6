package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// One command of a larger job.
///
/// @param done takes the payload of its reply, which has the length that the request states
record Step(Request request, Consumer<ByteBuffer> done) {}
