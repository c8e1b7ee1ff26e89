package dev.wireline.testing;

import java.io.IOException;

/** The bytes of one connection, in both directions, in one of its layers. */
interface Link {

  /** Reads one byte or more, or gives -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Writes all the bytes. */
  void write(byte[] source, int offset, int length) throws IOException;

  /** Says that nothing more is sent, and keeps on reading. */
  void shutdownOutput() throws IOException;

  /** Closes in the way that the layer calls orderly. */
  void close() throws IOException;
}
