package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The deflate coding: the zlib format (RFC 9110 section 8.4.1.2, RFC 1950). Immutable.
 *
 * <p><b>Lenient:</b> raw deflate data without the zlib frame is accepted too (RFC 1951), since some servers
 * take the name of the coding literally, as section 8.4.1.2 notes. It has no checksum. The first byte tells
 * them apart: a zlib header, read as raw deflate data, would be a stored block with a padding bit set, which no
 * encoder writes.
 */
final class DeflateCoding implements ContentCoding {
  @Override
  public String name() {
    return "deflate";
  }

  @Override
  public InputStream decode(InputStream encoded) {
    return new OneFrame(encoded);
  }

  private static final class OneFrame extends InflaterStream {
    private boolean begun;

    OneFrame(InputStream encoded) {
      super(encoded);
    }

    @Override
    boolean readHeader() throws IOException {
      if (!begun) {
        begun = true;
        begin(!isZlib());
        return true;
      }
      if (nextByte() >= 0) {
        throw new CodingException("nothing follows packed data (RFC 9110 section 8.4.1.2)");
      }
      return false;
    }

    /** Whether the method in the first byte is that of zlib. */
    private boolean isZlib() throws IOException {
      int first = frameByte();
      stepBack();
      return (first & 0xF) == 8;
    }

    @Override
    void unpacked(byte[] bytes, int offset, int length) {
      // The inflater computes the checksum of zlib itself.
    }

    @Override
    void readTrailer(long length) {
      // The inflater has read and checked it.
    }
  }
}
