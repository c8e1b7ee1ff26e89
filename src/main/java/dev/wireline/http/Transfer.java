package dev.wireline.http;

import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on one connection, up to the moment when the response can be handed out.
 *
 * <p>Where the connection came from, and what becomes of it, is the holder's policy: it gets the
 * connection back once, when the body has ended or was given up, perhaps before {@link #run} returns.
 * After an exception the connection is still the caller's.
 */
final class Transfer {
  private final Wire wire;
  private final HttpOptions options;
  private final Deadline deadline;
  private final BodyStream.Holder holder;
  private final HttpExchange exchange;
  private boolean done;

  Transfer(Wire wire, HttpOptions options, Deadline deadline, BodyStream.Holder holder) {
    this.wire = wire;
    this.options = options;
    this.deadline = deadline;
    this.holder = holder;
    this.exchange = new HttpExchange(wire, options, deadline);
  }

  /** Whether a byte of a response has come. */
  boolean isAnswered() {
    return exchange.isAnswered();
  }

  /** Whether the connection went back to its holder before the response was handed out. */
  boolean isDone() {
    return done;
  }

  /** Sends a request, whose head is in the writer, and reads the head of the response. */
  HttpResponse run(RequestWriter writer, HttpRequest request) throws IOException {
    exchange.send(writer, request.body().orElse(null));
    ResponseHead head = exchange.receive();
    BodyFraming framing = framing(request, head);
    boolean persistent = framing.persistent() && writer.persistent();
    byte[] present = present(framing);
    if (present != null) {
      done = true;
      holder.release(persistent);
      return new HttpResponse(
          head, request, wire.endpoint(), ResponseContent.present(present, options.maxBodyBytes()));
    }
    ResponseContent content = ResponseContent.coming(
        BodyStream.of(wire, holder, framing, persistent, options),
        options.maxBodyBytes(),
        deadline);
    return new HttpResponse(head, request, wire.endpoint(), content);
  }

  private BodyFraming framing(HttpRequest request, ResponseHead head) throws IOException {
    try {
      return BodyFraming.of(request.method(), head);
    } catch (ParseException e) {
      throw Broken.grammar(wire, BodyStream.BODY, e);
    }
  }

  /** A body that is in memory already, or null: its connection is free at once. */
  private byte @Nullable [] present(BodyFraming framing) {
    if (framing.kind() == BodyFraming.Kind.NONE) {
      return new byte[0];
    }
    if (framing.kind() != BodyFraming.Kind.LENGTH
        || framing.length() > Math.min(options.maxBodyBytes(), wire.input().buffered())) {
      return null;
    }
    byte[] bytes = new byte[(int) framing.length()];
    wire.input().copy(0, bytes, 0, bytes.length);
    wire.input().consume(bytes.length);
    return bytes;
  }
}
