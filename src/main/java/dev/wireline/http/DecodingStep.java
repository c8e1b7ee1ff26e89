package dev.wireline.http;

import dev.wireline.error.LimitExceededException;
import dev.wireline.header.Headers;
import dev.wireline.internal.TooLargeException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers content codings and undoes them. A request that names its own Accept-Encoding, asks for a part of
 * a document by Range, or for an event stream, is left alone, and so is its response.
 */
final class DecodingStep implements Step {
  private static final String ACCEPT_ENCODING = "Accept-Encoding";

  private final ContentCodings codings;
  private final DecodedLimits limits;

  DecodingStep(ContentCodings codings, DecodedLimits limits) {
    this.codings = codings;
    this.limits = limits;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    if (isLeftAlone(request.headers())) {
      return chain.proceed(request);
    }
    HttpResponse response = chain.proceed(request.header(ACCEPT_ENCODING, codings.accepted()));
    if (!response.headers().contains(Body.CONTENT_ENCODING) || isWithoutWhole(request, response)) {
      return response;
    }
    List<ContentCoding> chainOfCodings = toUndo(response);
    return chainOfCodings == null || chainOfCodings.isEmpty()
        ? response
        : response.decoded(chainOfCodings, limits);
  }

  /** Events would be late: what packs them waits for more. */
  private static boolean isLeftAlone(Headers headers) {
    return headers.contains(ACCEPT_ENCODING)
        || headers.contains("Range")
        || headers.elements("Accept").contains("text/event-stream");
  }

  /** A head without a body tells of one that is not there, and a part of a packed body is none. */
  private static boolean isWithoutWhole(HttpRequest request, HttpResponse response) {
    int status = response.status();
    return request.method().equals("HEAD") || status == 204 || status == 206 || status == 304;
  }

  private @Nullable List<ContentCoding> toUndo(HttpResponse response)
      throws LimitExceededException {
    try {
      return codings.toUndo(response.headers().elements(Body.CONTENT_ENCODING));
    } catch (TooLargeException e) {
      response.discard();
      throw new LimitExceededException(response.endpoint(), BodyStream.BODY, e.limit(), e.max());
    }
  }
}
