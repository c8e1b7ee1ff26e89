package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.BodyFraming;
import dev.wireline.http.grammar.KeepAlive;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on one connection, up to the point where the response can be handed out.
 *
 * <p>Where the connection came from, and what becomes of it, is the holder's policy: it gets the connection
 * back once, when the body has ended or been given up, possibly before {@link #run} returns. After an exception
 * the connection still belongs to the caller.
 */
final class Transfer {
  private final BodyStream.Holder holder;
  private final HttpExchange exchange;
  private boolean done;

  Transfer(
      Wire wire,
      HttpOptions options,
      Deadline deadline,
      BodyStream.Holder holder,
      HttpExchange.Progress progress) {
    this.holder = holder;
    this.exchange = new HttpExchange(wire, options, deadline, progress);
  }

  private Wire wire() {
    return exchange.wire();
  }

  private HttpOptions options() {
    return exchange.options();
  }

  /** Whether a byte of a response has come. */
  boolean isAnswered() {
    return exchange.isAnswered();
  }

  /** Whether the request has been sent in full, so that nobody needs its bytes. */
  boolean isSent() {
    return exchange.isSent();
  }

  /** Whether the connection went back to its holder before the response was handed out. */
  boolean isDone() {
    return done;
  }

  /** Sends a request, whose head is in the writer, and reads the head of the response. */
  HttpResponse run(RequestWriter writer, HttpRequest request) throws IOException {
    if (asksForUpgrade(request)) {
      exchange.expectUpgrade();
    }
    exchange.send(writer, request.body().orElse(null));
    ResponseHead head = exchange.receive();
    exchange.progress().answered(head.status());
    if (head.status() == 101) {
      return upgraded(request, head);
    }
    Optional<Duration> kept = KeepAlive.time(head.headers());
    if (kept.isPresent()) {
      holder.keepAtMost(kept.get());
    }
    BodyFraming framing = framing(request, head);
    boolean persistent = framing.persistent() && writer.persistent() && exchange.isSent();
    ResponseContent present = present(framing);
    if (present != null) {
      if (framing.kind() != BodyFraming.Kind.NONE) {
        exchange
            .progress()
            .transcript
            .responseBody(present.length(), true, present.presentTrailers());
      }
      done = true;
      holder.release(persistent);
      return new HttpResponse(head, request, wire().endpoint(), present);
    }
    BodyStream body = BodyStream.of(wire(), holder, framing, persistent, options());
    body.shownTo(exchange.progress().transcript);
    BodyPace pace = options().pace();
    if (pace != null) {
      body.pace(pace);
    }
    ResponseContent content =
        ResponseContent.coming(body, options().maxBodyBytes(), exchange.deadline());
    return new HttpResponse(head, request, wire().endpoint(), content);
  }

  private static boolean asksForUpgrade(HttpRequest request) {
    Headers headers = request.headers();
    return headers.contains("Upgrade") && headers.hasToken("Connection", "upgrade");
  }

  private HttpResponse upgraded(HttpRequest request, ResponseHead head) {
    done = true;
    holder.handOver();
    return new HttpResponse(head, request, wire().endpoint(), whole(new byte[0]), wire());
  }

  private BodyFraming framing(HttpRequest request, ResponseHead head) throws IOException {
    try {
      boolean twice = options().leniencies().contains(Leniency.CHUNKED_TWICE);
      return BodyFraming.of(request.method(), head, twice);
    } catch (ParseException e) {
      throw Broken.grammar(wire(), BodyStream.BODY, e);
    }
  }

  /** A body that is in memory already, or null: its connection is free at once. */
  private @Nullable ResponseContent present(BodyFraming framing) {
    BodyFraming.Kind kind = framing.kind();
    if (kind == BodyFraming.Kind.NONE) {
      return whole(new byte[0]);
    }
    if (kind == BodyFraming.Kind.CHUNKED) {
      return ChunkedBody.present(
          wire().input(), ChunkedBody.decoder(options()), options().maxBodyBytes());
    }
    int there = Math.min(options().maxBodyBytes(), wire().input().buffered());
    return kind == BodyFraming.Kind.LENGTH && framing.length() <= there
        ? whole(take((int) framing.length()))
        : null;
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    wire().input().copy(0, bytes, 0, length);
    wire().input().consume(length);
    return bytes;
  }

  private ResponseContent whole(byte[] bytes) {
    return ResponseContent.present(bytes, Headers.empty(), options().maxBodyBytes());
  }
}
