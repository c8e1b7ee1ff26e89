package dev.wireline.docs;

// docs: http-coding-class
import dev.wireline.http.ContentCoding;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A toy: each byte has its bits the other way round. Thread-safe. */
public final class InvertedCoding implements ContentCoding {
  @Override
  public String name() {
    return "x-inverted";
  }

  @Override
  public InputStream decode(InputStream encoded) {
    return new FilterInputStream(encoded) {
      @Override
      public int read() throws IOException {
        int b = in.read();
        return b < 0 ? b : ~b & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        for (int i = offset; i < offset + count; i++) {
          into[i] = (byte) ~into[i];
        }
        return count;
      }
    };
  }
}
// end: http-coding-class
