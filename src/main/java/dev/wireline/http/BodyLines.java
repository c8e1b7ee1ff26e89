package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a body, split as they arrive; a line is limited in size. */
final class BodyLines extends BodyItems<String> {
  private static final int MAX_LINE_BYTES = LineOptions.MAX_LINE_BYTES;

  private final Charset charset;
  private final Endpoint endpoint;
  private byte[] bytes = new byte[8 * 1024];
  private int start;
  private int end;
  private boolean ended;
  private boolean begun;

  BodyLines(InputStream in, Charset charset, Endpoint endpoint) {
    super(in);
    this.charset = charset;
    this.endpoint = endpoint;
  }

  /** Whether the bytes of CRLF are a line end in that charset: not so in UTF-16 and EBCDIC. */
  static boolean canCut(Charset charset) {
    return new String(new byte[] {'\r', '\n'}, charset).equals("\r\n");
  }

  @Override
  @Nullable
  String read() throws IOException {
    int scanned = start;
    while (true) {
      for (; scanned < end; scanned++) {
        if (bytes[scanned] == '\n') {
          int from = start;
          start = scanned + 1;
          return text(from, scanned);
        }
      }
      // A line of the greatest length may still lack its CR.
      if (end - start > MAX_LINE_BYTES + 1) {
        throw tooLong();
      }
      if (ended) {
        return rest();
      }
      int moved = start;
      fill();
      scanned -= moved - start;
    }
  }

  private @Nullable String rest() throws IOException {
    if (start == end) {
      return null;
    }
    int from = start;
    start = end;
    return text(from, end);
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int read = in().read(bytes, end, bytes.length - end);
    if (read < 0) {
      ended = true;
    } else {
      end += read;
    }
  }

  private String text(int from, int lineEnd) throws IOException {
    int to = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    if (to - from > MAX_LINE_BYTES) {
      throw tooLong();
    }
    try {
      String text = StrictText.decode(bytes, from, to - from, charset);
      boolean first = !begun;
      begun = true;
      return first ? BodyText.unmarked(text) : text;
    } catch (CharacterCodingException e) {
      throw new PeerProtocolException(
          endpoint,
          BodyStream.BODY,
          "a line must be text in " + charset,
          Quoted.bytes(bytes, from, to),
          true);
    }
  }

  /** The rest of a line that is too long would be read as lines: the connection is given up. */
  private LimitExceededException tooLong() throws IOException {
    in().close();
    return new LimitExceededException(endpoint, BodyStream.BODY, "maxLineBytes", MAX_LINE_BYTES);
  }
}
