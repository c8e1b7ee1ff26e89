package dev.wireline.http;

import dev.wireline.header.Headers;
import java.io.IOException;
import java.util.List;

/**
 * Offers content codings, and undoes those that come, offered or not. A request for a part of a document
 * (Range) or for an event stream makes no offer. A request with its own Accept-Encoding is left alone, and so
 * is its response.
 */
final class DecodingStep implements Step {
  private static final String ACCEPT_ENCODING = "Accept-Encoding";

  private final ContentCodings codings;
  private final DecodedLimits limits;

  /** The fields of a request that has none of its own. */
  private final Headers offer;

  DecodingStep(ContentCodings codings, DecodedLimits limits) {
    this.codings = codings;
    this.limits = limits;
    this.offer = Headers.of(ACCEPT_ENCODING, codings.accepted());
  }

  /** For a client, whose requests offer only what the caller does. */
  static final DecodingStep STANDARD = new DecodingStep(
      ContentCodings.STANDARD, new DecodedLimits(DecodedLimits.MAX_BYTES, DecodedLimits.MAX_RATIO));

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    Headers headers = request.headers();
    boolean asks = headers.contains(ACCEPT_ENCODING) || isOfferedNothing(headers);
    HttpResponse response = chain.proceed(asks ? request : offering(request));
    return undone(request, response);
  }

  private HttpRequest offering(HttpRequest request) {
    return request.headers().size() == 0
        ? request.withOnly(offer)
        : request.header(ACCEPT_ENCODING, codings.accepted());
  }

  /** A response without the codings that the caller did not ask for. */
  HttpResponse undone(HttpRequest request, HttpResponse response) {
    if (!response.headers().contains(Body.CONTENT_ENCODING)
        || offers(request.headers())
        || isWithoutWhole(request, response)) {
      return response;
    }
    List<ContentCoding> toUndo = codings.toUndo(response.headers().elements(Body.CONTENT_ENCODING));
    return toUndo == null || toUndo.isEmpty() ? response : response.decoded(toUndo, limits);
  }

  /** Compressed events would be late: a compressor waits for more input. */
  private static boolean isOfferedNothing(Headers headers) {
    return headers.contains("Range")
        || (headers.contains("Accept") && headers.elements("Accept").contains("text/event-stream"));
  }

  private static boolean offers(Headers headers) {
    return headers.elements(ACCEPT_ENCODING).stream()
        .anyMatch(element -> !element.equalsIgnoreCase("identity"));
  }

  /** A head without a body describes one that is not there, and part of a compressed body cannot be decoded. */
  private static boolean isWithoutWhole(HttpRequest request, HttpResponse response) {
    int status = response.status();
    return request.method().equals("HEAD")
        || status < 200
        || status == 204
        || status == 206
        || status == 304;
  }
}
