package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.HostField;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Transcript;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.ProxyListener;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel through an HTTP proxy, requested with CONNECT (RFC 9110 section 9.3.6). Thread-safe; immutable,
 * except for what it remembers of the proxy's challenges.
 *
 * <p>The proxy looks up host names. The credentials go only to the proxy, and nothing of the target's requests
 * is visible to it. Unix sockets are reached directly.
 */
public final class HttpProxy implements Connector {
  private static final String CONNECT = "CONNECT";

  private final Endpoint proxy;
  private final @Nullable Guarded guard;

  private final @Nullable Transcript transcript;
  private final Activity asking;

  private HttpProxy(Endpoint proxy, @Nullable Guarded guard, @Nullable Transcript transcript) {
    this.proxy = Objects.requireNonNull(proxy, "proxy");
    this.guard = guard;
    this.transcript = transcript;
    // A failure is one of the target, and does not tell the proxy otherwise.
    this.asking = new Activity(Phase.PROXY, "asking the HTTP proxy " + proxy + " for");
  }

  /** The same proxy, which records the conversation about a tunnel; null for no transcript. */
  HttpProxy shownIn(@Nullable Transcript value) {
    return new HttpProxy(proxy, guard, value);
  }

  /**
   * A proxy that asks for no credentials.
   *
   * @param proxy where it listens; over TLS if the endpoint says so
   * @return the connector
   */
  public static HttpProxy of(Endpoint proxy) {
    return new HttpProxy(proxy, null, null);
  }

  /**
   * A proxy with basic auth (RFC 7617). The credentials are sent with each CONNECT, in plaintext unless the
   * endpoint is a TLS one.
   *
   * @param proxy where it listens
   * @param user the user name, without a colon
   * @param password the password
   * @return the connector
   * @throws IllegalArgumentException if the name has a colon, or one of them has a control character
   */
  public static HttpProxy of(Endpoint proxy, String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return of(proxy, Credentials.basic(user, password));
  }

  /**
   * A proxy with credentials. Those of the Basic and Bearer schemes are sent with each CONNECT; those of the
   * Digest scheme once the proxy has asked, over a new connection, since many proxies hang up after a 407.
   *
   * @param proxy where it listens
   * @param credentials the credentials, for this proxy only
   * @return the connector
   */
  public static HttpProxy of(Endpoint proxy, Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    return new HttpProxy(proxy, Guarded.proxy(credentials), null);
  }

  /** The credentials, for requests that the proxy forwards; null if it asks for none. */
  @Nullable
  Guarded guard() {
    return guard;
  }

  @Override
  public Endpoint proxy(Endpoint target) {
    Objects.requireNonNull(target, "target");
    return target.isUnix() ? target : proxy;
  }

  @Override
  public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
    Objects.requireNonNull(wire, "wire");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(deadline, "deadline");
    // The authority always has its port (RFC 9112 section 3.2.3).
    String authority = HostField.withoutZone(target.authority());
    Answer sent = guard == null ? null : guard.unasked(CONNECT, authority);
    for (int round = 1; ; round++) {
      String request = request(authority, sent);
      ProxyListener hearing =
          transcript != null ? transcript : wire.proxyListener().orElse(null);
      HttpExchange.Progress progress = HttpExchange.Progress.of(HttpTranscript.ofTunnel(hearing));
      progress.transcript.request(request);
      byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
      wire.output().write(bytes, 0, bytes.length, deadline, asking);
      HttpExchange exchange =
          new HttpExchange(wire, HttpOptions.standard(), deadline, progress, asking);
      ResponseHead head = exchange.receive();
      if (head.status() / 100 == 2) {
        return;
      }
      Answer next = round == Challenger.MAX_ROUNDS ? null : answer(head, sent, authority);
      if (next == null) {
        throw new ProxyException(target, refusal(head, sent != null), head.status(), null);
      }
      // Proxies hang up after a 407, and not all of them say so.
      wire.dialAgain();
      sent = next;
    }
  }

  private static String request(String authority, @Nullable Answer sent) {
    String authorization =
        sent == null ? "" : Challenger.PROXY.field() + ": " + sent.value() + "\r\n";
    return "CONNECT " + authority + " HTTP/1.1\r\n"
        + "Host: " + authority + "\r\n"
        + authorization
        + "\r\n";
  }

  private @Nullable Answer answer(ResponseHead head, @Nullable Answer sent, String authority)
      throws IOException {
    if (guard == null || head.status() != Challenger.PROXY.status()) {
      return null;
    }
    List<Challenge> challenges = Challenger.PROXY.challenges(head.headers());
    return guard.answer(challenges, sent, CONNECT, authority);
  }

  private String refusal(ResponseHead answer, boolean sent) {
    // Some proxies answer as if they were the origin, with 401.
    boolean unknown = answer.status() == Challenger.PROXY.status()
        || answer.status() == Challenger.ORIGIN.status();
    String meaning = !unknown
        ? ""
        : sent
            ? "it refuses the credentials: "
            : guard == null ? "it asks for credentials: " : "it asks for other credentials: ";
    return "HTTP proxy " + proxy + " refused: " + meaning + answer.status() + " "
        + Quoted.text(answer.reason());
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "HTTP proxy " + proxy;
  }
}
