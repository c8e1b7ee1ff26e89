package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.error.WirelineException;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpProxyTest {
  private static final Endpoint TARGET = Endpoint.tcp("chat.test", 6667);

  @Test
  void asksForATunnelAndSpeaksWithTheTargetInIt() throws Exception {
    String script = """
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C:
        S: HTTP/1.1 200 Connection established
        S:
        S: 220 the target greets at once
        C: QUIT
        S: 221 bye
        """;
    try (ScriptedServer proxy = ScriptedServer.play(script);
        LineClient client = clientOf(HttpProxy.of(proxy.endpoint()))) {

      assertThat(client.readLine()).isEqualTo("220 the target greets at once");
      client.writeLine("QUIT");

      assertThat(client.readLine()).isEqualTo("221 bye");
      proxy.verify();
    }
  }

  @Test
  void sendsTheCredentialsToTheProxy() throws Exception {
    String script = """
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C: Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==
        C:
        S: HTTP/1.1 200 OK
        S:
        S: 220 ready
        """;
    try (ScriptedServer proxy = ScriptedServer.play(script);
        LineClient client = clientOf(HttpProxy.of(proxy.endpoint(), "Aladdin", "open sesame"))) {

      assertThat(client.readLine()).isEqualTo("220 ready");

      proxy.verify();
    }
  }

  @Test
  void speaksTlsToTheProxyWhenItsEndpointSaysSo() throws Exception {
    String script = """
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C:
        S: HTTP/1.1 200 OK
        S:
        S: 220 ready
        """;
    try (ScriptedServer proxy = ScriptedServer.builder(script).tls().start()) {
      Dialer dialer = Dialer.builder()
          .connector(HttpProxy.of(proxy.endpoint()))
          .tls(Tls.builder().context(proxy.clientContext()).build())
          .build();
      LineOptions options = LineOptions.builder().dialer(dialer).build();
      try (LineClient client = new LineClient(TARGET, options)) {

        assertThat(client.readLine()).isEqualTo("220 ready");
      }
      proxy.verify();
    }
  }

  @Test
  void namesTheProxyThatResetsItsOwnHandshake() throws Exception {
    Peer resetting = connection -> {
      // A reset before the client's hello may come before its connect has ended.
      connection.read();
      connection.reset();
    };
    try (PeerServer proxy = PeerServer.start(resetting)) {
      Endpoint hop = Endpoint.tls("localhost", proxy.endpoint().port());
      try (LineClient client = clientOf(HttpProxy.of(hop))) {

        WirelineException thrown = catchThrowableOfType(WirelineException.class, client::connect);

        assertThat(thrown.endpoint()).isEqualTo(hop);
        assertThat(thrown.phase()).isEqualTo(Phase.TLS);
        assertThat(thrown).hasMessageStartingWith("TLS handshake with " + hop);
      }
    }
  }

  @Test
  void namesTheTargetThatResetsItsHandshakeInTheTunnel() throws Exception {
    Endpoint target = Endpoint.tls("chat.test", 6697);
    Peer peer = connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 200 OK\r\n\r\n");
      connection.read();
      connection.reset();
    };
    try (PeerServer proxy = PeerServer.start(peer)) {
      Dialer dialer = Dialer.builder().connector(HttpProxy.of(proxy.endpoint())).build();
      LineOptions options = LineOptions.builder().dialer(dialer).build();
      try (LineClient client = new LineClient(target, options)) {

        WirelineException thrown = catchThrowableOfType(WirelineException.class, client::connect);

        assertThat(thrown.endpoint()).isEqualTo(target);
        assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "407 Proxy Authentication Required, it asks for credentials: 407",
    "403 Forbidden, 403 \"Forbidden\"",
    "502 Bad Gateway, 502 \"Bad Gateway\"",
    "302 Found, 302 \"Found\""
  })
  void saysThatTheProxyRefused(String status, String said) throws Exception {
    String script = """
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C:
        S: HTTP/1.1 %s
        S: Content-Length: 0
        S:
        """;
    try (ScriptedServer proxy = ScriptedServer.play(script.formatted(status));
        LineClient client = clientOf(HttpProxy.of(proxy.endpoint()))) {

      ProxyException thrown = catchThrowableOfType(ProxyException.class, client::connect);

      assertThat(thrown).hasMessageContaining(said).hasMessageContaining("chat.test:6667");
      assertThat(thrown).hasMessageContaining(proxy.endpoint().toString());
      assertThat(thrown.phase()).isEqualTo(Phase.PROXY);
    }
  }

  @Test
  void saysThatTheProxyRefusesTheCredentialsWithoutShowingThem() throws Exception {
    String script = """
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C: Proxy-Authorization: Basic dTpw
        C:
        S: HTTP/1.1 407 No
        S:
        """;
    try (ScriptedServer proxy = ScriptedServer.play(script);
        LineClient client = clientOf(HttpProxy.of(proxy.endpoint(), "u", "p"))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("it refuses the credentials: 407")
          .hasMessageNotContaining("dTpw");
    }
  }

  @Test
  void refusesAnAnswerThatIsNotHttp() throws Exception {
    String script = """
        S: 220 I am a mail server
        C: CONNECT chat.test:6667 HTTP/1.1
        C: Host: chat.test:6667
        C:
        """;
    try (ScriptedServer proxy = ScriptedServer.play(script);
        LineClient client = clientOf(HttpProxy.of(proxy.endpoint()))) {

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, client::connect);

      assertThat(thrown).hasMessageContaining("a response starts with HTTP/");
      assertThat(thrown)
          .hasMessageStartingWith(
              "asking the HTTP proxy " + proxy.endpoint() + " for chat.test:6667: ");
      assertThat(thrown.phase()).isEqualTo(Phase.PROXY);
    }
  }

  @ParameterizedTest
  @CsvSource({"a:b, p", "'a\r\nX: y', p", "a, 'p\n'"})
  void refusesCredentialsThatCannotBeSent(String user, String password) {
    assertThatThrownBy(() -> HttpProxy.of(TARGET, user, password))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesHalfOfASurrogatePairWithoutShowingTheText() {
    assertThatThrownBy(() -> HttpProxy.of(TARGET, "user", "secret\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate")
        .hasMessageNotContaining("secret");
  }

  @Test
  void showsNoCredentials() {
    HttpProxy proxy = HttpProxy.of(Endpoint.tcp("127.0.0.1", 3128), "user", "secret");

    assertThat(proxy).hasToString("HTTP proxy 127.0.0.1:3128");
  }

  private static LineClient clientOf(HttpProxy proxy) {
    Dialer dialer = Dialer.builder().connector(proxy).build();
    return new LineClient(TARGET, LineOptions.builder().dialer(dialer).build());
  }
}
