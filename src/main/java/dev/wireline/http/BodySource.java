package dev.wireline.http;

import dev.wireline.error.ClientClosedException;
import java.io.IOException;
import java.io.InputStream;

/** Where a body comes from; what reads ahead of its user asks it before each item that is in memory. */
abstract class BodySource extends InputStream {
  /**
   * Finds that a body can still be read.
   *
   * @throws ClientClosedException when the connection ended before the body did, or the body was closed
   */
  abstract void checkReadable() throws ClientClosedException;

  /** Gives the rest up: a part was read by somebody who lost it. */
  abstract void lose();

  @Override
  public byte[] readNBytes(int length) throws IOException {
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      lose();
      throw e;
    }
  }
}
