package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The gzip coding (RFC 9110 section 8.4.1.3, RFC 1952). Immutable.
 *
 * <p><b>Strict:</b> each member is checked against its checksum and length, and against the checksum of its
 * header if there is one; anything after the last member is refused. <b>Lenient:</b> zeros there are padding,
 * as in files from tapes.
 */
final class GzipCoding implements ContentCoding {
  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public InputStream decode(InputStream encoded) {
    return new Members(encoded);
  }

  private static final class Members extends InflaterStream {
    private static final int HEADER_CHECK = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final CRC32 checksum = new CRC32();
    private boolean first = true;

    Members(InputStream encoded) {
      super(encoded);
    }

    @Override
    boolean readHeader() throws IOException {
      int start = first ? frameByte() : nextByte();
      if (start == 0 && !first) {
        start = padding();
      }
      if (start < 0) {
        return false;
      }
      first = false;
      checksum.reset();
      checksum.update(start);
      if (start != 0x1F || headerByte() != 0x8B || headerByte() != 8) {
        throw new CodingException("a gzip member starts with 1f 8b 08 (RFC 1952 section 2.3.1)");
      }
      int flags = headerByte();
      if ((flags & RESERVED) != 0) {
        throw new CodingException("reserved flags of gzip are zero (RFC 1952 section 2.3.1.2)");
      }
      skip(6);
      readOptional(flags);
      checksum.reset();
      begin(true);
      return true;
    }

    /** Reads on to the end; anything but zeros is refused. */
    private int padding() throws IOException {
      int next = 0;
      while (next == 0) {
        next = nextByte();
      }
      if (next > 0) {
        throw new CodingException("zeros after gzip go on to the end of the body");
      }
      return next;
    }

    private void readOptional(int flags) throws IOException {
      if ((flags & EXTRA) != 0) {
        int low = headerByte();
        skip(headerByte() << 8 | low);
      }
      if ((flags & NAME) != 0) {
        skipText();
      }
      if ((flags & COMMENT) != 0) {
        skipText();
      }
      if ((flags & HEADER_CHECK) != 0) {
        long expected = checksum.getValue() & 0xFFFF;
        if (number(2) != expected) {
          throw new CodingException("a gzip header has its checksum (RFC 1952 section 2.3.1)");
        }
      }
    }

    private int headerByte() throws IOException {
      int next = frameByte();
      checksum.update(next);
      return next;
    }

    private void skip(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        headerByte();
      }
    }

    private void skipText() throws IOException {
      while (headerByte() != 0) {
        // A name or a comment is not needed here.
      }
    }

    @Override
    void unpacked(byte[] bytes, int offset, int length) {
      checksum.update(bytes, offset, length);
    }

    @Override
    void readTrailer(long length) throws IOException {
      if (number(4) != checksum.getValue()) {
        throw new CodingException("a gzip member has its checksum (RFC 1952 section 2.3.1)");
      }
      if (number(4) != (length & 0xFFFF_FFFFL)) {
        throw new CodingException("a gzip member has its length (RFC 1952 section 2.3.1)");
      }
    }

    private long number(int bytes) throws IOException {
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (long) frameByte() << (8 * i);
      }
      return value;
    }
  }
}
