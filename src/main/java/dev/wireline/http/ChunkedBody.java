package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ChunkedDecoder;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A body in the chunked coding (RFC 9112 section 7.1). */
final class ChunkedBody extends BodyStream {
  private final ChunkedDecoder decoder;

  ChunkedBody(Wire wire, Holder holder, boolean persistent, ChunkedDecoder decoder) {
    super(wire, holder, persistent);
    this.decoder = decoder;
  }

  /** A decoder with the limits of the options. */
  static ChunkedDecoder decoder(HttpOptions options) {
    return new ChunkedDecoder(options.maxHeadBytes(), options.maxHeaders());
  }

  /** A body that is in the input to its end, which is then consumed; else null. */
  static @Nullable ResponseContent present(WireInput input, ChunkedDecoder decoder, int max) {
    if (!endsWithEmptyLine(input)) {
      return null;
    }
    int end = input.buffered();
    byte[] data = new byte[end];
    int size = 0;
    int at = 0;
    try {
      while (!decoder.isDone()) {
        long length = decoder.dataLength();
        if (at == end || length > end - at || length > max - size) {
          return null;
        }
        if (length == 0) {
          at += decoder.feed(input, at);
        } else {
          input.copy(at, data, size, (int) length);
          decoder.consumed(length);
          at += (int) length;
          size += (int) length;
        }
      }
    } catch (ParseException e) {
      // Reported to whoever reads the body, as for one that comes later.
      return null;
    }
    input.consume(at);
    return ResponseContent.present(Arrays.copyOf(data, size), decoder.trailers(), max);
  }

  /** Which a whole body does, and most parts of one do not. */
  private static boolean endsWithEmptyLine(WireInput input) {
    int end = input.buffered();
    return end >= 5
        && input.at(end - 4) == '\r'
        && input.at(end - 3) == '\n'
        && input.at(end - 2) == '\r'
        && input.at(end - 1) == '\n';
  }

  @Override
  long remaining() {
    return -1;
  }

  @Override
  Headers trailers() {
    return decoder.isDone() ? decoder.trailers() : Headers.empty();
  }

  @Override
  int readSome(byte[] into, int offset, int room) throws IOException {
    while (decoder.dataLength() == 0) {
      if (decoder.isDone()) {
        return -1;
      }
      feed();
    }
    int wanted = (int) Math.min(room, decoder.dataLength());
    int read = wire.input().read(into, offset, wanted, deadline(), BODY);
    if (read < 0) {
      throw cut(" bytes, in the middle of a chunk");
    }
    decoder.consumed(read);
    return read;
  }

  /** Feeds the decoder the framing that is there, up to the next data. */
  private void feed() throws IOException {
    WireInput input = wire.input();
    if (input.buffered() == 0 && !input.fill(1, deadline(), BODY)) {
      throw cut(" bytes, before the last chunk");
    }
    try {
      input.consume(decoder.feed(input, 0));
    } catch (ParseException e) {
      throw Broken.grammar(wire, BODY, e);
    }
  }
}
