package dev.wireline.line;

import java.io.IOException;

/** How something that goes out in bulk stands on the wire. No I/O of its own. */
interface Packing {
  /** Puts a part of the content; parts may be cut anywhere. */
  void put(byte[] bytes, int offset, int length) throws IOException;

  /** Puts what ends the content. */
  void end() throws IOException;

  /** How many of the bytes that were put must not leave before {@link #end}: the peer would take all. */
  int held();

  /** What has left whole, for a reader. */
  String whole(long sent);
}
