package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.text.ParseException;

/** A body in the chunked coding (RFC 9112 section 7.1). */
final class ChunkedBody extends BodyStream {
  private final ChunkedDecoder decoder;

  ChunkedBody(Wire wire, Holder holder, boolean persistent, ChunkedDecoder decoder) {
    super(wire, holder, persistent);
    this.decoder = decoder;
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

  /** Gives the decoder the framing that is there, up to the next data. */
  private void feed() throws IOException {
    WireInput input = wire.input();
    if (input.buffered() == 0 && !input.fill(1, deadline(), BODY)) {
      throw cut(" bytes, before the last chunk");
    }
    int at = 0;
    try {
      while (at < input.buffered() && decoder.dataLength() == 0 && !decoder.isDone()) {
        decoder.feed(input.at(at));
        at++;
      }
    } catch (ParseException e) {
      throw Broken.grammar(wire, BODY, e);
    }
    input.consume(at);
  }
}
