package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.BodyFraming;
import dev.wireline.http.grammar.ChunkedDecoder;
import dev.wireline.http.grammar.HeadSearch;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Received;
import java.io.ByteArrayOutputStream;
import java.text.ParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A response, read whole and in pieces to the same outcome.
 *
 * <p>The first byte of an input chooses the method, the second the size of the pieces; the response
 * follows.
 */
final class ResponseFuzz {
  private static final String[] METHODS = {"GET", "HEAD", "CONNECT", "POST"};
  private static final int MAX_HEADERS = 20;
  private static final int MAX_TRAILERS = 4;
  private static final int MAX_HEAD_BYTES = 1000;
  private static final int MAX_TRAILER_BYTES = 200;

  private final String method;
  private final byte[] wire;
  private final int step;
  private final HeadSearch search = new HeadSearch(MAX_HEAD_BYTES);
  private final InputBuffer input = new InputBuffer();
  private final StringBuilder outcome = new StringBuilder();
  private int at;

  private ResponseFuzz(String method, byte[] wire, int step) {
    this.method = method;
    this.wire = wire;
    this.step = step;
  }

  static void check(byte[] input) {
    if (input.length < 2) {
      return;
    }
    String method = METHODS[input[0] & 3];
    byte[] wire = Arrays.copyOfRange(input, 2, input.length);
    String whole = new ResponseFuzz(method, wire, wire.length + 1).read();
    String pieces = new ResponseFuzz(method, wire, 1 + (input[1] & 0x3F)).read();
    Holds.same(whole, pieces, "read whole and in pieces");
  }

  private String read() {
    try {
      ResponseHead head = head();
      while (head != null && head.status() < 200 && head.status() != 101) {
        head = head();
      }
      if (head != null) {
        body(BodyFraming.of(method, head));
      }
    } catch (ParseException e) {
      Holds.refusal(e);
      // How much of it is shown depends on how much had come.
      outcome.append(e instanceof MalformedException broken ? broken.rule() : e);
    }
    return outcome.toString();
  }

  /** The next head; null where the response was cut before its end. */
  private @Nullable ResponseHead head() throws ParseException {
    int length = search.find(input);
    while (length == 0 && receive()) {
      length = search.find(input);
    }
    if (length == 0) {
      outcome.append("cut in a head");
      return null;
    }
    Holds.that(length <= MAX_HEAD_BYTES, "a bounded head");
    byte[] block = new byte[length];
    input.copy(0, block, 0, length);
    input.consume(length);
    ResponseHead head = ResponseHead.parse(block, block.length, MAX_HEADERS);
    check(head);
    return head;
  }

  /** Takes the next piece in; gives false at the end. */
  private boolean receive() {
    int there = Math.min(wire.length, at + step);
    Received.add(input, wire, at, there);
    boolean more = there > at;
    at = there;
    return more;
  }

  /** How many bytes come behind those that were consumed. */
  private int left() {
    return input.buffered() + wire.length - at;
  }

  private void check(ResponseHead head) {
    Holds.that(head.status() >= 100 && head.status() <= 999, "a status in its range");
    Holds.that(head.headers().size() <= MAX_HEADERS, "no more fields than asked for");
    Holds.onOneLine(head.reason());
    outcome.append(head.isHttp10()).append(head.status()).append(head.reason());
    outcome.append(head.headers()).append('\n');
  }

  private void body(BodyFraming framing) throws ParseException {
    outcome.append(framing).append('\n');
    switch (framing.kind()) {
      case NONE -> Holds.that(framing.length() == 0, "no body has no length");
      case LENGTH -> {
        Holds.that(framing.length() >= 0, "a length of zero or more");
        outcome.append(left() < framing.length() ? "cut in the body" : "whole");
      }
      case CHUNKED -> chunks();
      case UNTIL_CLOSE, TUNNEL ->
        Holds.that(!framing.persistent(), "the end of the connection is the end of the body");
    }
  }

  private void chunks() throws ParseException {
    ChunkedDecoder decoder = new ChunkedDecoder(MAX_TRAILER_BYTES, MAX_TRAILERS);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (!decoder.isDone() && (input.buffered() > 0 || receive())) {
      input.consume(decoder.dataLength() > 0 ? take(decoder, body) : decoder.feed(input, 0));
    }
    outcome.append(Arrays.hashCode(body.toByteArray())).append(' ').append(body.size());
    outcome.append(decoder.isDone() ? " whole " : " cut ").append(left());
    if (decoder.isDone()) {
      Headers trailers = decoder.trailers();
      Holds.that(trailers.size() <= MAX_TRAILERS, "no more trailers than asked for");
      Holds.that(trailers.encodedLength() <= 2 * MAX_TRAILER_BYTES, "bounded trailers");
      outcome.append(trailers);
    }
  }

  private int take(ChunkedDecoder decoder, ByteArrayOutputStream body) {
    int count = (int) Math.min(decoder.dataLength(), input.buffered());
    byte[] data = new byte[count];
    input.copy(0, data, 0, count);
    body.writeBytes(data);
    decoder.consumed(count);
    return count;
  }
}
