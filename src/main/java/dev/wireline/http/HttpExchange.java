package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * One request and the head of its response on one connection.
 *
 * <p>It knows nothing of where the connection came from and what becomes of it: that is the client's
 * policy.
 */
final class HttpExchange {
  private static final Activity REQUEST = new Activity(Phase.WRITE, "sending the request to");
  private static final Activity HEAD = new Activity(Phase.HEAD, "reading the response head from");
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  /** A body up to this size leaves in one write with its head. */
  private static final int JOINED_BODY = 8 * 1024;

  private final Wire wire;
  private final HttpOptions options;
  private final Deadline deadline;
  private final Activity reading;
  private boolean answered;

  HttpExchange(Wire wire, HttpOptions options, Deadline deadline) {
    this(wire, options, deadline, HEAD);
  }

  /** As the other, with another name for what the response is about. */
  HttpExchange(Wire wire, HttpOptions options, Deadline deadline, Activity reading) {
    this.wire = wire;
    this.options = options;
    this.deadline = deadline;
    this.reading = reading;
  }

  /** Whether a byte of a response has come. */
  boolean isAnswered() {
    return answered;
  }

  void send(RequestWriter head, @Nullable Body body) throws IOException {
    byte[] content = body == null ? new byte[0] : body.bytes();
    boolean joined = content.length <= JOINED_BODY;
    if (joined) {
      head.append(content);
    }
    wire.output().write(head.bytes(), 0, head.length(), deadline, REQUEST);
    if (!joined) {
      wire.output().write(content, 0, content.length, deadline, REQUEST);
    }
    if (options.halfClose()) {
      wire.output().shutdown();
    }
  }

  /** The head of the final response; interim ones are read over (RFC 9110 section 15.2). */
  ResponseHead receive() throws WirelineException {
    for (int interim = 0; interim <= options.maxInterimResponses(); interim++) {
      ResponseHead head = head();
      if (head.status() == 101) {
        throw Broken.rule(
            wire, reading, "101 answers an Upgrade alone (RFC 9110 section 15.2.2)", "\"101\"");
      }
      if (head.status() >= 200) {
        return head;
      }
    }
    throw Broken.limit(wire, reading, "maxInterimResponses", options.maxInterimResponses());
  }

  private ResponseHead head() throws WirelineException {
    int length = awaitHead();
    byte[] block = new byte[length];
    wire.input().copy(0, block, 0, length);
    wire.input().consume(length);
    try {
      return ResponseHead.parse(block, length, options.maxHeaders());
    } catch (ParseException e) {
      throw Broken.grammar(wire, reading, e);
    }
  }

  /** Waits for the empty line behind the fields; the length of the head with it. */
  private int awaitHead() throws WirelineException {
    WireInput input = wire.input();
    Deadline end = deadline;
    int line = 0;
    int from = 0;
    while (true) {
      int lf = input.indexOf((byte) '\n', from);
      if (lf >= 0) {
        boolean empty = lf == line || (lf == line + 1 && input.at(line) == '\r');
        if (empty) {
          return checkedLength(lf + 1);
        }
        line = lf + 1;
        from = line;
        continue;
      }
      checkStart(input);
      from = checkedLength(input.buffered());
      if (from > 0 && end == deadline) {
        end = Deadline.after(options.headTimeout(), Phase.HEAD, "headTimeout").earlier(deadline);
      }
      if (!input.fill(Integer.MAX_VALUE, end, reading)) {
        throw hungUp(input);
      }
      answered = true;
    }
  }

  private int checkedLength(int length) throws WirelineException {
    if (length > options.maxHeadBytes()) {
      throw Broken.limit(wire, reading, "maxHeadBytes", options.maxHeadBytes());
    }
    return length;
  }

  /** What cannot become a response is refused at once, not when its empty line is missed. */
  private void checkStart(WireInput input) throws WirelineException {
    int shown = Math.min(input.buffered(), HTTP.length);
    for (int i = 0; i < shown; i++) {
      if (input.at(i) != HTTP[i]) {
        byte[] start = new byte[Math.min(input.buffered(), Quoted.MAX_CHARS)];
        input.copy(0, start, 0, start.length);
        throw Broken.rule(
            wire,
            reading,
            "a response starts with HTTP/ (RFC 9112 section 4)",
            Quoted.bytes(start));
      }
    }
  }

  private WirelineException hungUp(WireInput input) {
    byte[] received = new byte[input.buffered()];
    input.copy(0, received, 0, received.length);
    String happened = received.length == 0
        ? "the peer hung up before a byte of the response"
        : "the peer hung up after " + received.length + " bytes of the response head";
    ConnectionClosedException failure =
        new ConnectionClosedException(wire.endpoint(), reading, happened, received, null);
    wire.fail(failure);
    return failure;
  }
}
