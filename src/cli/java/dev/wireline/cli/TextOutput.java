package dev.wireline.cli;

import java.io.FilterOutputStream;
import java.io.IOException;

/** A terminal for a document, which is not for people to read if there is a zero in it. Not thread-safe. */
final class TextOutput extends FilterOutputStream {
  TextOutput(Streams streams) {
    super(streams.content());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == 0) {
        throw new IOException(
            "what came is not text: -o FILE saves it, -o - shows it all the same");
      }
    }
    out.write(bytes, offset, length);
  }
}
