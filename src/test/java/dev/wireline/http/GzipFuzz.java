package dev.wireline.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The codings of content.
 *
 * <p>The first byte of an input chooses the coding and how few bytes arrive at once; the coded content
 * follows.
 */
final class GzipFuzz {
  private static final int MOST = 1 << 18;

  private GzipFuzz() {}

  static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] coded = Arrays.copyOfRange(input, 1, input.length);
    boolean gzip = (input[0] & 1) == 0;
    ContentCoding coding = gzip ? new GzipCoding() : new DeflateCoding();
    Decoded whole = decode(coding, new ByteArrayInputStream(coded));
    Decoded dripping = decode(coding, Packed.dripping(coded, 1 + ((input[0] & 0xFF) >> 1)));
    Holds.same(whole.end, dripping.end, "decoded whole and in drops");
    // The inflater gives nothing of a piece in which it finds a fault.
    int both = whole.end.equals("end")
        ? MOST + 1
        : Math.min(whole.content.length, dripping.content.length);
    Holds.that(
        Arrays.equals(start(whole.content, both), start(dripping.content, both)),
        "the same content in drops");
    if (gzip && whole.end.equals("end")) {
      Holds.that(Arrays.equals(whole.content, byTheJdk(coded)), "the same content as by the JDK");
    }
  }

  private static Decoded decode(ContentCoding coding, InputStream coded) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (InputStream in = coding.decode(coded)) {
      byte[] buffer = new byte[4096];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Holds.that(read > 0, "a byte at least");
        content.write(buffer, 0, read);
        if (content.size() > MOST) {
          return new Decoded(Arrays.copyOf(content.toByteArray(), MOST), "more");
        }
      }
      return new Decoded(content.toByteArray(), "end");
    } catch (CodingException e) {
      Holds.printable(e.toString());
      return new Decoded(content.toByteArray(), e.toString());
    } catch (IOException e) {
      throw new AssertionError("not a documented exception", e);
    }
  }

  private static byte[] start(byte[] content, int most) {
    return Arrays.copyOf(content, Math.min(content.length, most));
  }

  private static byte[] byTheJdk(byte[] coded) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      return in.readNBytes(MOST + 1);
    } catch (IOException e) {
      throw new AssertionError("the JDK refuses what was taken", e);
    }
  }

  /** What came out, and how it ended. */
  private static final class Decoded {
    final byte[] content;
    final String end;

    Decoded(byte[] content, String end) {
      this.content = content;
      this.end = end;
    }
  }
}
