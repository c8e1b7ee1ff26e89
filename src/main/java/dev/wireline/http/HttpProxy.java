package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel through an HTTP proxy, asked for with CONNECT (RFC 9110 section 9.3.6). Immutable;
 * thread-safe.
 *
 * <p>Host names are looked up by the proxy. The credentials go to the proxy alone and nothing of the
 * target's requests goes to it. Unix sockets are reached directly.
 */
public final class HttpProxy implements Connector {
  private static final Activity ASKING = new Activity(Phase.PROXY, "asking the HTTP proxy for");

  private final Endpoint proxy;
  private final @Nullable String credentials;

  private HttpProxy(Endpoint proxy, @Nullable String credentials) {
    this.proxy = proxy;
    this.credentials = credentials;
  }

  /**
   * A proxy that asks for no credentials.
   *
   * @param proxy where it listens; over TLS where the endpoint says so
   * @return the connector
   */
  public static HttpProxy of(Endpoint proxy) {
    return new HttpProxy(Objects.requireNonNull(proxy, "proxy"), null);
  }

  /**
   * A proxy that gets credentials, by the Basic scheme (RFC 7617). They are sent with each CONNECT, in
   * plaintext unless the endpoint is a TLS one.
   *
   * @param proxy where it listens
   * @param user the user name, without a colon
   * @param password the password
   * @return the connector
   * @throws IllegalArgumentException when the name has a colon, or one of them a control character
   */
  public static HttpProxy of(Endpoint proxy, String user, String password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the user name must not have a colon (RFC 7617)");
    }
    String pair = user + ":" + password;
    for (int i = 0; i < pair.length(); i++) {
      if (Character.isISOControl(pair.charAt(i))) {
        throw new IllegalArgumentException("credentials must not have a control character");
      }
    }
    byte[] bytes = StrictText.utf8("credentials", pair);
    return new HttpProxy(
        Objects.requireNonNull(proxy, "proxy"), Base64.getEncoder().encodeToString(bytes));
  }

  /** The value of Proxy-Authorization, a secret; null without credentials. */
  @Nullable
  String authorization() {
    return credentials == null ? null : "Basic " + credentials;
  }

  @Override
  public Endpoint proxy(Endpoint target) {
    return target.isUnix() ? target : proxy;
  }

  @Override
  public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
    byte[] request = request(target).getBytes(StandardCharsets.US_ASCII);
    HttpExchange exchange = new HttpExchange(wire, HttpOptions.standard(), deadline, ASKING);
    wire.output().write(request, 0, request.length, deadline, ASKING);
    ResponseHead answer = exchange.receive();
    if (answer.status() / 100 != 2) {
      throw new ProxyException(target, refusal(answer), null);
    }
  }

  /** The authority always has its port (RFC 9112 section 3.2.3). */
  private String request(Endpoint target) {
    String authority = HostField.withoutZone(target.authority());
    String authorization =
        credentials == null ? "" : "Proxy-Authorization: Basic " + credentials + "\r\n";
    return "CONNECT " + authority + " HTTP/1.1\r\n"
        + "Host: " + authority + "\r\n"
        + authorization
        + "\r\n";
  }

  private String refusal(ResponseHead answer) {
    String meaning = answer.status() == 407
        ? credentials == null ? "it asks for credentials: " : "it refuses the credentials: "
        : "";
    return "HTTP proxy " + proxy + " refused: " + meaning + answer.status() + " "
        + Quoted.text(answer.reason());
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "HTTP proxy " + proxy;
  }
}
