package dev.wireline.build.wrong.header;

import java.io.IOException;
import java.io.InputStream;

/** Wrong: a grammar takes bytes, not a stream. */
final class ReadsAStream {
  private ReadsAStream() {}

  static int first(InputStream in) throws IOException {
    return in.read();
  }
}
