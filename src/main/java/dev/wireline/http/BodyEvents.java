package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.internal.TooLargeException;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a body of type {@code text/event-stream}, split as they arrive (WHATWG HTML, section 9.2.5);
 * lines and events are limited in size.
 *
 * <p>An event is returned as soon as the CR or LF of its empty line is there. An unfinished event at the end of
 * the body is dropped, as the standard says. Comments and empty lines are neither events nor parts of one:
 * servers send them as keep-alives, for as long as they like.
 *
 * <p><b>Strict:</b> a line that is not UTF-8 is an error, where the standard puts replacement characters:
 * nothing here changes text silently.
 */
final class BodyEvents extends BodyItems<ServerSentEvent> {
  static final int MAX_LINE_BYTES = LineOptions.MAX_LINE_BYTES;
  static final int MAX_EVENT_CHARS = 1 << 20;

  /** The most bytes in the lines of one event, including lines that are ignored but not comments. */
  static final int MAX_EVENT_BYTES = 8 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Endpoint endpoint;
  private final EventParser parser;
  private final byte[] buffer = new byte[8 * 1024];
  private int at;
  private int end;
  private byte[] line = new byte[256];
  private int length;
  private int eventBytes;
  private @Nullable IOException failure;
  private boolean first = true;
  private boolean afterCr;

  BodyEvents(InputStream in, Endpoint endpoint) {
    this(in, endpoint, "");
  }

  /** Events that follow others, the last of which had that identifier. */
  BodyEvents(InputStream in, Endpoint endpoint, String lastEventId) {
    super(in);
    this.parser = new EventParser(MAX_EVENT_CHARS, lastEventId);
    this.endpoint = endpoint;
  }

  String lastEventId() {
    return parser.lastEventId();
  }

  Optional<Duration> retry() {
    return parser.retry();
  }

  @Override
  @Nullable
  ServerSentEvent read() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return readOn();
    } catch (IOException e) {
      // What follows would be read as other events: the connection is given up.
      failure = e;
      in().close();
      throw e;
    }
  }

  private @Nullable ServerSentEvent readOn() throws IOException {
    while (true) {
      while (at < end) {
        ServerSentEvent event = take(buffer[at++]);
        if (event != null) {
          return event;
        }
      }
      at = 0;
      end = in().read(buffer, 0, buffer.length);
      if (end < 0) {
        end = 0;
        return null;
      }
    }
  }

  private @Nullable ServerSentEvent take(byte b) throws IOException {
    boolean behindCr = afterCr;
    afterCr = b == '\r';
    if (b == '\n' && behindCr) {
      return null;
    }
    if (b == '\r' || b == '\n') {
      return endLine();
    }
    if (length == MAX_LINE_BYTES) {
      throw limit("bytes of a line", MAX_LINE_BYTES);
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(2 * length, MAX_LINE_BYTES));
    }
    line[length++] = b;
    return null;
  }

  private @Nullable ServerSentEvent endLine() throws IOException {
    int from = first && startsWithMark() ? BYTE_ORDER_MARK.length : 0;
    int to = length;
    first = false;
    length = 0;
    countEvent(from, to);
    try {
      return parser.line(StrictText.decode(line, from, to - from, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new PeerProtocolException(
          endpoint,
          BodyStream.BODY,
          "an event stream is text in UTF-8 (WHATWG HTML section 9.2.5)",
          Quoted.bytes(line, from, to));
    } catch (TooLargeException e) {
      throw limit(e.limit(), e.max());
    }
  }

  private void countEvent(int from, int to) throws LimitExceededException {
    if (from == to) {
      eventBytes = 0;
    } else if (line[from] != ':') {
      eventBytes += to - from + 1;
    }
    if (eventBytes > MAX_EVENT_BYTES) {
      throw limit("bytes of an event", MAX_EVENT_BYTES);
    }
  }

  private boolean startsWithMark() {
    int mark = BYTE_ORDER_MARK.length;
    return length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark);
  }

  private LimitExceededException limit(String name, long max) {
    return new LimitExceededException(endpoint, BodyStream.BODY, name, max);
  }
}
