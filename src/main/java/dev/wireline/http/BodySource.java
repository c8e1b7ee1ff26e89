package dev.wireline.http;

import dev.wireline.error.ClientClosedException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

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

  /** All bytes to the end, or null as soon as it is known that there are more than {@code max}. */
  final byte @Nullable [] atMost(int max) throws IOException {
    byte[] bytes = readNBytes(max);
    return bytes.length == max && read() >= 0 ? null : bytes;
  }

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
