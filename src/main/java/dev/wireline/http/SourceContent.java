package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;

/** Streams that a caller's code opens, one each time that they are sent. */
final class SourceContent implements Content {
  private final Body.Source source;
  private final long length;

  SourceContent(Body.Source source, long length) {
    this.source = source;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public String toString() {
    return length == UNKNOWN ? "a stream" : length + " bytes";
  }
}
