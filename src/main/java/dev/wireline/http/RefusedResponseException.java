package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;

/**
 * A response that is whole, and asks for what is not done: a redirect that is refused, or a login whose
 * server proves itself wrongly. It holds the response.
 */
public final class RefusedResponseException extends PeerProtocolException {
  private static final long serialVersionUID = 1;

  private final transient HttpResponse response;

  RefusedResponseException(HttpResponse response, Activity activity, String rule, String excerpt) {
    super(response.endpoint(), activity, rule, excerpt, true);
    this.response = response;
  }

  /**
   * The response. A body of at most 64 KiB is in memory and can be read; a larger one was dropped.
   *
   * @return the response; null in an exception that was serialized
   */
  public HttpResponse response() {
    return response;
  }
}
