package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.line.ReplyException;
import dev.wireline.url.HttpUrl;

/**
 * A response whose status is not a success; thrown by {@link HttpResponse#requireSuccess}. It holds the
 * response.
 */
public final class HttpStatusException extends ReplyException {
  private static final long serialVersionUID = 1;
  private static final Activity ASKING = new Activity(Phase.HEAD, "asking");

  private final transient HttpResponse response;
  /** The status of the response. */
  private final int status;

  HttpStatusException(Endpoint endpoint, HttpResponse response) {
    super(endpoint, ASKING, told(response), (response.status() + " " + response.reason()).strip());
    this.response = response;
    this.status = response.status();
  }

  private static String told(HttpResponse response) {
    HttpRequest request = response.request();
    String place =
        request.url().map(HttpUrl::shown).orElse(RequestTarget.withoutQuery(request.target()));
    return request.method() + " " + place + " was answered with";
  }

  /**
   * The response, with its body; one of more than 1 MiB was dropped.
   *
   * @return the response; null in an exception that was serialized
   */
  public HttpResponse response() {
    return response;
  }

  /**
   * The status of the response.
   *
   * @return 300 to 999, or 101
   */
  public int status() {
    return status;
  }
}
