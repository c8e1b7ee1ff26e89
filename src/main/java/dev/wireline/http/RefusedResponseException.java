package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;

/**
 * A complete response that asks for something that the client refuses: a redirect that is not allowed, or a
 * login at a server whose own proof is wrong. It holds the response.
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
