package dev.wireline.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends the request again without an expectation that a server cannot meet (RFC 9110, section 10.1.1). */
final class ExpectationStep implements Step {
  private static final String EXPECT = "Expect";

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    HttpResponse response = chain.proceed(request);
    HttpRequest plain = withoutExpectation(request, response);
    if (plain == null) {
      return response;
    }
    chain.call().settle(response);
    chain.call().because(Attempt.Reason.EXPECTATION);
    return chain.proceed(plain);
  }

  /** The request without its expectation, or null if that is not why it was refused. */
  static @Nullable HttpRequest withoutExpectation(HttpRequest request, HttpResponse response) {
    boolean refused = response.status() == 417 && request.headers().contains(EXPECT);
    return refused && request.isRepeatable() ? request.withoutHeader(EXPECT) : null;
  }
}
