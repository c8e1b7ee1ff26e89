package dev.wireline.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies that another implementation packed: that of the JDK. */
final class Packed {
  private Packed() {}

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The beginning of a member that goes on. */
  static byte[] flushed(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try {
      GZIPOutputStream out = new GZIPOutputStream(packed, true);
      out.write(content);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] zlib(byte[] content) {
    return deflate(content, false);
  }

  static byte[] raw(byte[] content) {
    return deflate(content, true);
  }

  private static byte[] deflate(byte[] content, boolean raw) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  /** Bytes that pack somewhat, as text does, and are the same for the same seed. */
  static byte[] content(int length, long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      boolean repeats = i >= 100 && random.nextInt(4) > 0;
      content[i] = repeats ? content[i - 100] : (byte) random.nextInt(256);
    }
    return content;
  }

  /** Gives so many bytes a read at most, as a connection might. */
  static InputStream dripping(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
