package dev.wireline.line;

import java.io.IOException;

/** Encodes outgoing bulk data for the wire. No I/O of its own. */
interface Packing {
  /** Adds a part of the content; parts may be split anywhere. */
  void put(byte[] bytes, int offset, int length) throws IOException;

  /** Adds what ends the content. */
  void end() throws IOException;

  /**
   * How many of the added bytes must not be sent before {@link #end}: the peer would take the content for
   * complete.
   */
  int held();

  /** What was sent in full, for people. */
  String whole(long sent);
}
