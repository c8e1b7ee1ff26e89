package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;

/** What a request body is made of, and how it is opened to be sent. */
interface Content {
  /** The length of what cannot be told before it is read. */
  long UNKNOWN = -1;

  /**
   * The length now, or {@link #UNKNOWN}.
   *
   * @throws IllegalStateException if this was sent and cannot be sent again
   * @throws IOException if it cannot be looked at
   */
  long length() throws IOException;

  /** Whether this can be opened more than once, for the same bytes. */
  boolean isRepeatable();

  /** Opens the bytes; who opens closes. */
  InputStream open() throws IOException;

  /** What this is, for a reader, without looking at it. */
  @Override
  String toString();
}
